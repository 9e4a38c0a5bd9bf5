namespace TelegramTrader.Core.Engine;

/// <summary>
/// Changes what is known of how a channel writes, because an admin said so. It counts from the next post on; what was decided stays. Each change is a command like any
/// other: in the journal, with who and when, so that going over the journal gives the same outputs.
/// </summary>
internal sealed class ProfileTeaching(EngineContext context)
{
    /// <summary>All of it is written with every commit and looked at for every post, so it is kept small.</summary>
    private const int MostOfAChannel = 40;
    private const int MostOfAll = 200;

    public OperatorResult Teach(OperatorCommand.TeachRule command)
    {
        var rules = context.State.TaughtRules;
        if (!command.ByAdmin)
            return new OperatorResult.Refused("what a channel means can only be taught by an admin");
        if (command.Rule.Problem() is { } problem)
            return new OperatorResult.Refused(problem);
        if (rules.FirstOrDefault(known => known.Channel == command.Channel && known.Rule == command.Rule) is { } same)
            return new OperatorResult.Refused($"this is known already, as rule {same.Number}");
        if (rules.Count(known => known.Channel == command.Channel) is var own && own >= MostOfAChannel)
            return new OperatorResult.Refused($"{command.Channel} has {own} taught rules; at most {MostOfAChannel} are allowed");
        if (rules.Count >= MostOfAll)
            return new OperatorResult.Refused($"there are {rules.Count} taught rules; at most {MostOfAll} are allowed");
        var taught = new TaughtRule(context.State.ProfileVersion + 1, command.Channel, command.Rule, command.By, context.Now);
        Put([.. rules, taught]);
        return new OperatorResult.ProfileChanged(taught, IsRemoved: false);
    }

    public OperatorResult Forget(OperatorCommand.ForgetRule command)
    {
        if (!command.ByAdmin)
            return new OperatorResult.Refused("what a channel means can only be changed by an admin");
        var rules = context.State.TaughtRules;
        if (rules.FirstOrDefault(known => known.Number == command.Number) is not { } taught)
            return new OperatorResult.Refused($"there is no taught rule {command.Number}");
        Put([.. rules.Where(known => known != taught)]);
        return new OperatorResult.ProfileChanged(taught, IsRemoved: true);
    }

    private void Put(IReadOnlyList<TaughtRule> rules)
    {
        context.State.TaughtRules = rules;
        context.State.ProfileVersion++;
        context.Changes.Other = true;
    }
}
