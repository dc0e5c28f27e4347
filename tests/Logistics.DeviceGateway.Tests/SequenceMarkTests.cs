using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Tests;

public sealed class SequenceMarkTests
{
    [Fact]
    public void Mark_takes_each_number_once_in_any_order_and_survives_its_text()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var mark = new SequenceMark(3);
            var taken = new HashSet<long>();
            for (var i = 0; i < 100; i++)
            {
                var sequence = random.Next(60);
                Assert.Equal(taken.Add(sequence), mark.TryTake(sequence));
                if (i % 10 == 0)
                {
                    mark = SequenceMark.Restore(mark.Boot, mark.High, mark.FormatGaps());
                }
            }

            Assert.All(Enumerable.Range(0, 60), n => Assert.Equal(taken.Contains(n), mark.Contains(n)));
        }
    }

    [Fact]
    public void Sequence_in_order_keeps_no_gaps()
    {
        var mark = new SequenceMark(1);
        Assert.All(Enumerable.Range(0, 1000), n => Assert.True(mark.TryTake(n)));
        Assert.Equal((999, 0), (mark.High, mark.GapCount));
    }

    [Fact]
    public void Too_many_gaps_close_the_oldest()
    {
        var mark = new SequenceMark(1);
        for (var n = 0; n <= SequenceMark.MaximumGaps; n++)
        {
            mark.TryTake((n * 2) + 1);
        }

        Assert.Equal((SequenceMark.MaximumGaps, 1), (mark.GapCount, mark.ClosedGaps));
        Assert.False(mark.TryTake(0));
        Assert.True(mark.TryTake(2));
    }
}
