using System.Security.Cryptography;
using System.Text;

namespace TelegramTrader.Web.Webhook;

/// <summary>Who may post. It takes as long for an unknown source as for a wrong secret, and the answer is the same, so that neither can be found out bit by bit.</summary>
internal sealed class WebhookGate
{
    private readonly Dictionary<string, (WebhookSource Source, byte[] Hash)> _sources;
    private readonly byte[] _nobody = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    public WebhookGate(IReadOnlyList<WebhookSource> sources) =>
        _sources = sources.ToDictionary(source => source.Name, source => (source, Hash(source.Secret)), StringComparer.OrdinalIgnoreCase);

    public WebhookSource? Find(string name, string secret)
    {
        var isKnown = _sources.TryGetValue(name, out var known);
        var isRight = CryptographicOperations.FixedTimeEquals(isKnown ? known.Hash : _nobody, Hash(secret));
        return isKnown && isRight ? known.Source : null;
    }

    // Hashes are of one length, so that nothing shows how long a secret is.
    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
