using Logistics.Domain.Devices;

namespace Logistics.Domain.Tests;

/// <summary>Explores every interleaving of a command's life: lost, repeated and late messages, crashes of either side, stray clocks.</summary>
public sealed class CommandModelTests
{
    private static readonly CommandRules Rules = new()
    {
        SkewMargin = TimeSpan.FromSeconds(1),
        AnswerTimeout = TimeSpan.FromSeconds(1),
        AnswerGrace = TimeSpan.FromSeconds(1),
        MaximumAttempts = 2,
    };

    [Fact]
    public void No_interleaving_breaks_a_promise()
    {
        var (moments, fault) = Explore(new CommandModel(Rules, maximumSkew: 1));
        TestContext.Current.TestOutputHelper?.WriteLine($"{moments} moments");
        Assert.Null(fault);
        // Derived by the run itself; a much smaller number would mean that steps have gone missing.
        Assert.InRange(moments, 20_000, 5_000_000);
    }

    [Fact]
    public void Every_end_is_reached()
    {
        var reached = new HashSet<CommandState>();
        Explore(new CommandModel(Rules, maximumSkew: 1), moment => reached.Add(moment.Command.State));
        Assert.Equal(Enum.GetValues<CommandState>().Length, reached.Count);
    }

    [Fact]
    public void Margin_smaller_than_the_skew_is_found_out()
    {
        var (_, fault) = Explore(new CommandModel(Rules with { SkewMargin = TimeSpan.Zero }, maximumSkew: 1));
        Assert.Equal("acted after the command had expired", fault);
    }

    [Fact]
    public void Device_that_forgets_what_it_noted_is_found_out()
    {
        var (_, fault) = Explore(new CommandModel(Rules, maximumSkew: 0, forgetful: true));
        Assert.NotNull(fault);
    }

    private static (int Moments, string? Fault) Explore(CommandModel model, Action<Moment>? visit = null)
    {
        var seen = new HashSet<Moment> { CommandModel.Start };
        var open = new Queue<Moment>(seen);
        while (open.TryDequeue(out var moment))
        {
            visit?.Invoke(moment);
            if (FaultIn(model, moment) is { } fault)
            {
                return (seen.Count, fault);
            }

            foreach (var next in model.StepsFrom(moment))
            {
                if (model.Fault is not null)
                {
                    return (seen.Count, model.Fault);
                }

                if (IsSettled(moment.Command) && next.Command.State != moment.Command.State)
                {
                    return (seen.Count, $"{moment.Command.State} became {next.Command.State}");
                }

                if (seen.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return (seen.Count, null);
    }

    private static bool IsSettled(DeviceCommand command) => command.IsFinished && command.State != CommandState.Unanswered;

    private static string? FaultIn(CommandModel model, Moment moment)
    {
        var isEndReached = moment.Now < model.Horizon || model.Apply(moment, new CommandInput.Turn(IsConnected: false), out _).Command.IsFinished;
        return (moment.Command.State, moment.Acts) switch
        {
            (_, > 1) => "acted twice",
            (CommandState.Succeeded, 0) => "succeeded without acting",
            (CommandState.Expired or CommandState.Cancelled, 1) => $"{moment.Command.State} although the device acted",
            _ when !isEndReached => "did not finish",
            _ when moment.Command.Attempts > 2 => "too many attempts",
            _ => null,
        };
    }
}
