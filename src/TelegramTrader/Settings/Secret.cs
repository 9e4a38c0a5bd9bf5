namespace TelegramTrader.Settings;

/// <summary>A value that must not be shown. It prints as stars; only <see cref="Reveal"/> gives it away, to whoever has to send it.</summary>
public sealed class Secret(string value)
{
    public string Reveal() => value;

    public override string ToString() => "***";
}
