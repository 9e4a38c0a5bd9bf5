using System.Runtime.Versioning;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Secrets;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Secrets;

public sealed class SecretStoreTests : IDisposable
{
    private const string Secret = "session 1BVtsOK8Bu… ключ 🔑";
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly KeyValueStore _values;

    public SecretStoreTests()
    {
        _data = DataFolder.Open(Path.Combine(_folder.Path, "data"));
        _values = new KeyValueStore(_data);
    }

    private string KeyFile => Path.Combine(_folder.Path, "keys", "secret.key");

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Find_WhatWasPut_AlsoAfterARestart()
    {
        Store().Put("session", Secret);
        Assert.Equal(Secret, Store().Find("session"));
        Store().Remove("session");
        Assert.Null(Store().Find("session"));
    }

    [Fact]
    public void Put_Twice_LooksDifferentOnDiskAndIsNowhereInPlainText()
    {
        Store().Put("session", Secret);
        var first = _values.Get<string>("secret:session");
        Store().Put("session", Secret);
        Assert.NotEqual(first, _values.Get<string>("secret:session"));
        foreach (var file in Directory.GetFiles(_data.Path).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            Assert.DoesNotContain("1BVtsOK8Bu", reader.ReadToEnd(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Find_WithAnotherKey_SaysSoAndNothingOfTheSecret()
    {
        Store().Put("session", Secret);
        var other = new SecretStore(_values, () => SecretKey.Take(Convert.ToBase64String(new byte[32]), KeyFile));
        var exception = Assert.Throws<SecretStoreException>(() => other.Find("session"));
        Assert.Contains("'session' can't be decrypted", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1BVtsOK8Bu", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ASecretInAnothersPlace_IsRefused()
    {
        Store().Put("one", Secret);
        _values.Set("secret:two", _values.Get<string>("secret:one")!);
        Assert.Throws<SecretStoreException>(() => Store().Find("two"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64")]
    public void Find_ARowThatWasChanged_IsRefused(string row)
    {
        _values.Set("secret:session", row);
        Assert.Throws<SecretStoreException>(() => Store().Find("session"));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Take_WhatIsNoKey_IsRefusedWithoutRepeatingIt(string key)
    {
        var exception = Assert.Throws<SecretStoreException>(() => SecretKey.Take(key, KeyFile));
        Assert.Contains(SecretKey.Variable, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Take_NewFile_IsForItsOwnerOnly_AndOneThatOthersMayReadIsRefused()
    {
        SecretKey.Take(null, KeyFile);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Assert.Throws<SecretStoreException>(() => SecretKey.Take(null, KeyFile)).Message, StringComparison.Ordinal);
    }

    private SecretStore Store() => new(_values, () => SecretKey.Take(null, KeyFile));
}
