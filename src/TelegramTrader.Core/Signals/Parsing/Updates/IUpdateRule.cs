using TelegramTrader.Core.Signals.Parsing.Fields;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>Finds one kind of event in a sentence.</summary>
internal interface IUpdateRule
{
    void Read(Sentence sentence, FieldSet fields, List<UpdateEvent> events);
}
