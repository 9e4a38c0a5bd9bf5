using System.Text.RegularExpressions;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Architecture;

public sealed partial class RequirementsPageTests
{
    [Fact]
    public void Page_EveryTestItNames_Exists()
    {
        var types = typeof(RequirementsPageTests).Assembly.GetTypes().ToLookup(type => type.Name);
        var named = TestName().Matches(File.ReadAllText(ProjectFolder.Path("docs", "requirements.md")));
        Assert.NotEmpty(named);
        foreach (Match match in named)
        {
            var (name, method) = (match.Groups[1].Value, match.Groups[2].Value);
            Assert.True(types[name].Any(), $"there is no test class {name}");
            Assert.True(method.Length == 0 || types[name].Any(type => type.GetMethod(method) is not null), $"{name} has no test {method}");
        }
    }

    [Fact]
    public void Page_EveryTickedRow_NamesATest() =>
        Assert.All(
            File.ReadLines(ProjectFolder.Path("docs", "requirements.md")).Where(line => line.StartsWith("| ☑", StringComparison.Ordinal)),
            row => Assert.Matches(TestName(), row));

    [GeneratedRegex(@"`(\w+Tests)(?:\.(\w+))?`")]
    private static partial Regex TestName();
}
