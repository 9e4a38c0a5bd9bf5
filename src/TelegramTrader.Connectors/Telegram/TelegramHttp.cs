using System.Net;

namespace TelegramTrader.Connectors.Telegram;

/// <summary>Makes the <see cref="HttpClient"/> that the Bot API is reached through.</summary>
public static class TelegramHttp
{
    /// <summary>
    /// One client for the life of the bot; the caller disposes it. Throws <see cref="ArgumentException"/> when a setting
    /// can't work, without repeating addresses, which may hold passwords.
    /// </summary>
    public static HttpClient CreateClient(TelegramOptions options)
    {
        options.Check();
        var handler = new SocketsHttpHandler
        {
            // The token is part of the address: a redirect would hand it to another host.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            // Telegram moves between addresses; a connection kept for ever would not notice.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // Tracing would write the address, and with it the token, into every trace.
            ActivityHeadersPropagator = null,
        };
        if (options.Proxy is { } proxy)
            handler.Proxy = ProxyOf(proxy);
        return new HttpClient(handler)
        {
            // Each request has its own limit, from the clock that is passed in.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    internal static NetworkCredential? CredentialsOf(Uri proxy)
    {
        if (!proxy.IsAbsoluteUri || proxy.UserInfo.Length == 0)
            return null;
        var parts = proxy.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    private static WebProxy ProxyOf(Uri proxy)
    {
        if (!proxy.IsAbsoluteUri || proxy.Scheme is not ("http" or "https" or "socks5"))
            throw new ArgumentException("Proxy must be http://, https:// or socks5:// with a host and a port.");
        // Without user and password, so that no error text of the network can show them.
        var address = new UriBuilder(proxy) { UserName = "", Password = "" }.Uri;
        return new WebProxy(address) { Credentials = CredentialsOf(proxy) };
    }
}
