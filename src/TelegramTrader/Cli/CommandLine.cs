using System.CommandLine;
using System.Globalization;
using TelegramTrader.Cli.Backtests;
using TelegramTrader.Settings;

namespace TelegramTrader.Cli;

/// <summary>The verbs of the program. Exit codes: 0 done, 1 failed, 2 bad arguments; an error is one line that says what to do.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments, TextReader input, TextWriter output, TextWriter errors)
    {
        // A channel's name begins with an @, which would else be taken for a file of arguments.
        var parsed = Root(input, output, errors).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await errors.WriteLineAsync($"{error.Message} --help lists what there is.");
            return ExitCodes.BadArguments;
        }

        // SIGTERM and Ctrl-C belong to the verbs, which end cleanly.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false, Output = output, Error = errors });
    }

    private static RootCommand Root(TextReader input, TextWriter output, TextWriter errors)
    {
        var settings = new Option<string?>("--settings") { Description = "The settings file; otherwise appsettings.json in this folder, if there is one.", HelpName = "FILE", Recursive = true };
        var root = new RootCommand("A person's own trading desk in Telegram. Without a verb: run.") { settings };
        root.SetAction((parsed, cancellation) => RunVerb.RunAsync(parsed.GetValue(settings), input, output, errors, cancellation));

        var run = new Command("run", "The bot, with the settings file and the environment.");
        run.SetAction((parsed, cancellation) => RunVerb.RunAsync(parsed.GetValue(settings), input, output, errors, cancellation));
        root.Add(run);

        var speed = new Option<decimal>("--speed")
        {
            Description = "Recorded seconds in one second, or max.",
            HelpName = "N|max",
            DefaultValueFactory = _ => DemoVerb.UsualSpeed,
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (text == "max")
                    return 0m;
                if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0m and <= 1_000_000m)
                    return number;
                result.AddError($"The speed must be max, or a number above 0 and at most 1000000, but is '{text}'.");
                return 0m;
            },
        };
        var exit = new Option<bool>("--exit") { Description = "End with a summary when the recording ends." };
        var demo = new Command("demo", "No account needed: replays recorded prices and channel posts through the real engine on paper, and takes commands.") { speed, exit };
        demo.SetAction((parsed, cancellation) => DemoVerb.RunAsync(parsed.GetValue(settings), parsed.GetValue(speed), parsed.GetValue(exit), input, output, errors, cancellation));
        root.Add(demo);

        var source = new Option<string?>("--in") { Description = "Posts, one JSON object a line with at least id and text; otherwise standard input.", HelpName = "FILE.jsonl" };
        var target = new Option<string?>("--out") { Description = "Results, one JSON object a line; otherwise standard output.", HelpName = "FILE.jsonl" };
        var profile = new Option<string?>("--profile") { Description = "The channel of the settings (Channels:Followed) as whose posts they are read.", HelpName = "NAME" };
        var parse = new Command("parse", "How posts are read.") { source, target, profile };
        parse.SetAction((parsed, cancellation) => ParseFiles.RunAsync(parsed.GetValue(settings), parsed.GetValue(profile), parsed.GetValue(source), parsed.GetValue(target), input, output, errors, cancellation));
        root.Add(parse);

        var verify = new Command("verify", "Whether what channels posted is stored as it came. Exit code 0 when it is, 1 when something was changed.");
        var known = new Option<string[]>("--known") { Description = "A row's hash as you noted it elsewhere: the ledger must still have it. May be given several times.", HelpName = "NUMBER:HASH", DefaultValueFactory = _ => [] };
        verify.Add(known);
        verify.SetAction((parsed, cancellation) => LedgerVerb.VerifyAsync(parsed.GetValue(settings), parsed.GetValue(known) ?? [], output, errors, cancellation));
        root.Add(new Command("ledger", "The record of every post, edit and deletion, chained so that a later change shows.") { verify });

        var export = new Argument<string>("FILE") { Description = "result.json of Telegram Desktop's export (machine-readable JSON), or the folder it is in." };
        var channel = new Option<string?>("--channel") { Description = "The name under which the posts are stored; otherwise the chat's id. For an export of one chat.", HelpName = "NAME" };
        var import = new Command("import-telegram", "Takes over the history of channels from an export, for statistics and backtests. It is never traded. End the bot first.") { export, channel };
        import.SetAction((parsed, cancellation) => ImportVerb.RunAsync(
            parsed.GetValue(settings), parsed.GetValue(export)!, parsed.GetValue(channel), TimeProvider.System, output, errors, cancellation));
        root.Add(import);

        var login = new Command("login", "Logs in with your own account, to read channels: phone number, code, password. End the bot first.");
        login.SetAction((parsed, cancellation) => LoginVerb.RunAsync(parsed.GetValue(settings), input, TimeProvider.System, output, errors, cancellation));
        root.Add(new Command("channels", "The account that reads channels.") { login });

        root.Add(Keys(settings, input, output, errors));
        root.Add(ScorecardCommand.Of(settings, output, errors));
        foreach (var command in CandleCommands.All(settings, output, errors))
            root.Add(command);

        foreach (var command in BacktestCommands.All(settings, output, errors))
            root.Add(command);

        var doctor = new Command("doctor", "Looks at everything that the bot needs; each a tick, or a sentence that says what to do. End the bot first.");
        doctor.SetAction((parsed, cancellation) => DoctorVerb.RunAsync(parsed.GetValue(settings), TimeProvider.System, output, errors, cancellation));
        root.Add(doctor);

        var version = new Command("version", "Which version this is.");
        version.SetAction(_ => output.WriteLine(AppVersion.Text));
        root.Add(version);
        return root;
    }

    private static Command Keys(Option<string?> settings, TextReader input, TextWriter output, TextWriter errors)
    {
        var exchange = new Argument<string>("EXCHANGE") { Description = "As CCXT calls it: binance, bybit, okx, …" };
        exchange.Validators.Add(result =>
        {
            if (!ExchangeSettings.IsName(result.GetValueOrDefault<string>() ?? ""))
                result.AddError("The exchange must be 2 to 25 small letters and digits, such as binance.");
        });
        var account = new Option<string>("--account") { Description = "Which of your accounts there; main unless given.", HelpName = "NAME", DefaultValueFactory = _ => "main" };
        account.Validators.Add(result =>
        {
            if (!ExchangeSettings.IsAccount(result.GetValueOrDefault<string>() ?? ""))
                result.AddError("The account must be 1 to 14 small letters, digits and dashes.");
        });
        var withdraw = new Option<bool>("--allow-withdrawal") { Description = "Store keys that may withdraw money all the same." };
        var add = new Command("add", "Asks for the API keys of an account and stores them encrypted. They are never given as arguments.") { exchange, account, withdraw };
        add.SetAction((parsed, cancellation) => KeysVerb.AddAsync(
            parsed.GetValue(settings), parsed.GetValue(exchange)!, parsed.GetValue(account)!, parsed.GetValue(withdraw), input, output, errors, cancellation));
        var list = new Command("list", "Which accounts have keys.");
        list.SetAction((parsed, _) => KeysVerb.ListAsync(parsed.GetValue(settings), output, errors));
        var name = new Argument<string>("ACCOUNT") { Description = "As keys list shows it." };
        var remove = new Command("remove", "Removes the keys of an account.") { name };
        remove.SetAction((parsed, _) => KeysVerb.RemoveAsync(parsed.GetValue(settings), parsed.GetValue(name)!, output, errors));
        return new Command("keys", "The API keys of exchange accounts. End the bot first.") { add, list, remove };
    }
}
