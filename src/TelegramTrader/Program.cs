using System.Globalization;
using TelegramTrader.Cli;

// What people see must not depend on the language of the machine.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await CommandLine.RunAsync(args, Console.In, Console.Out, Console.Error);
