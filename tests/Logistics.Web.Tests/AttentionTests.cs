using Logistics.Testing;
using Logistics.Web.Hosting;

namespace Logistics.Web.Tests;

public sealed class AttentionTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15), Most = TimeSpan.FromMinutes(5), Step = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_waits_until_nobody_has_asked_for_a_while()
    {
        var attention = new Attention(_time);
        _time.Advance(10 * Step);
        attention.Note();
        var waiting = attention.WaitForQuietAsync(Quiet, _time.GetUtcNow() + Most, Cancel);
        _time.Advance(14 * Step);
        Assert.False(waiting.IsCompleted);

        // Asked again in the last second: the wait begins anew.
        attention.Note();
        await AdvanceUntilAsync(waiting, 15);
    }

    [Fact]
    public async Task Host_that_is_asked_all_the_time_does_its_other_work_all_the_same()
    {
        var attention = new Attention(_time);
        var (started, waiting) = (_time.GetUtcNow(), attention.WaitForQuietAsync(Quiet, _time.GetUtcNow() + Most, Cancel));
        while (!waiting.IsCompleted)
        {
            attention.Note();
            _time.Advance(Step);
            await Task.Yield();
        }

        await waiting;
        Assert.True(_time.GetUtcNow() - started >= Most);
    }

    [Fact]
    public async Task Thread_in_the_background_hands_over_result_and_fault()
    {
        Assert.Equal(7, await BackgroundThread.RunAsync(() => 7));
        await Assert.ThrowsAsync<InvalidOperationException>(() => BackgroundThread.RunAsync<int>(() => throw new InvalidOperationException("broken")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BackgroundThread.RunAsync<int>(() => throw new OperationCanceledException()));
    }

    [Fact]
    public async Task Requests_count_and_the_live_feed_does_not()
    {
        var attention = new Attention(_time);
        _time.Advance(Quiet);
        await attention.NoteAsync(Request("/api/live"), _ => Task.CompletedTask);
        await attention.WaitForQuietAsync(Quiet, _time.GetUtcNow() + Most, Cancel);

        await attention.NoteAsync(Request("/api/plans"), _ => Task.CompletedTask);
        Assert.False(attention.WaitForQuietAsync(Quiet, _time.GetUtcNow() + Most, Cancel).IsCompleted);
    }

    private static Microsoft.AspNetCore.Http.DefaultHttpContext Request(string path) => new() { Request = { Path = path } };

    /// <summary>The timer the wait sets anew may be set just after a step: the clock goes on until it fires, and not for less than is promised.</summary>
    private async Task AdvanceUntilAsync(Task waiting, int atLeast)
    {
        var steps = 0;
        while (!waiting.IsCompleted)
        {
            _time.Advance(Step);
            steps++;
            await Task.Yield();
        }

        await waiting;
        Assert.True(steps >= atLeast, $"The wait ended after {steps} s of quiet.");
    }
}
