using Adamant.Training;

namespace Adamant.Tests.Training;

public sealed class ScheduleTests
{
    public static TheoryData<ISchedule, double[]> ByHand => new()
    {
        { new ConstantSchedule(), [1, 1, 1, 1] },
        { new CosineSchedule(), [1, 0.8535533905932737, 0.5, 0.14644660940672627] },
        { new CosineSchedule(Floor: 0.5), [1, 0.9267766952966369, 0.75, 0.5732233047033631] },
        { new StepSchedule(Stages: 2), [1, 1, 0.1, 0.1] },
        { new CyclicSchedule(), [0.4, 0.8, 0.8, 0.4] },
        { new CyclicSchedule(Peak: 0.4), [0.5, 1, 2 / 3.0, 1 / 3.0] },
        { new WarmUp(new ConstantSchedule(), Share: 0.5), [0.5, 1, 1, 1] },
        { new WarmUp(new CosineSchedule(), Share: 0.5), [0.5, 1, 1, 0.5] },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Four_steps_have_the_factors_computed_by_hand(ISchedule schedule, double[] expected)
    {
        for (var step = 0; step < 4; step++) Assert.Equal(expected[step], schedule.Factor(step, 4), 12);
    }

    [Theory]
    [MemberData(nameof(ByHand))]
    public void A_training_of_one_step_has_a_rate(ISchedule schedule, double[] _)
    {
        Assert.InRange(schedule.Factor(0, 1), 1e-9, 1);
    }
}
