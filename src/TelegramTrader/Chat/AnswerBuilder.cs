namespace TelegramTrader.Chat;

/// <summary>Puts an answer together row by row.</summary>
public sealed class AnswerBuilder
{
    private readonly List<TextRow> _rows = [];
    private readonly List<IReadOnlyList<ChatButton>> _buttons = [];
    private readonly List<ChatPicture> _pictures = [];
    private List<TextSpan> _row = [];

    public AnswerBuilder Plain(string text) => Add(text, TextStyle.Plain);

    public AnswerBuilder Bold(string text) => Add(text, TextStyle.Bold);

    public AnswerBuilder Italic(string text) => Add(text, TextStyle.Italic);

    public AnswerBuilder Code(string text) => Add(text, TextStyle.Code);

    public AnswerBuilder EndRow()
    {
        _rows.Add(new TextRow(_row));
        _row = [];
        return this;
    }

    public AnswerBuilder Line(string text) => Plain(text).EndRow();

    public AnswerBuilder Heading(string text) => Bold(text).EndRow();

    public AnswerBuilder Blank() => EndRow();

    public AnswerBuilder Buttons(params ChatButton[] buttons)
    {
        _buttons.Add(buttons);
        return this;
    }

    public AnswerBuilder Picture(ChatPicture picture)
    {
        _pictures.Add(picture);
        return this;
    }

    public ChatAnswer Build()
    {
        if (_row.Count > 0)
            EndRow();
        return new ChatAnswer([.. _rows], [.. _buttons]) { Pictures = [.. _pictures] };
    }

    private AnswerBuilder Add(string text, TextStyle style)
    {
        // A line break belongs between rows, or a long text could not be split.
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            if (index > 0)
                EndRow();
            if (lines[index].Length > 0)
                _row.Add(new TextSpan(lines[index].TrimEnd('\r'), style));
        }

        return this;
    }
}
