# Builds the bot and runs it as an ordinary user. Data, logs and settings live in /data:
#   docker build -t telegramtrader .
#   docker run -it --rm telegramtrader demo
#   docker run -d -v telegramtrader:/data --env-file bot.env telegramtrader
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/ src/
RUN dotnet publish src/TelegramTrader -c Release -o /app

FROM node:20-bookworm-slim AS gateway
WORKDIR /gateway
COPY src/gateway/package.json src/gateway/package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN mkdir /data && chown "$APP_UID" /data
USER $APP_UID
WORKDIR /data
VOLUME /data
COPY --from=build /app /app
# The gateway listens to channels; it needs Node.js and its packages.
COPY --from=gateway /usr/local/bin/node /usr/local/bin/node
COPY --from=gateway /gateway/node_modules /app/gateway/node_modules
# SIGTERM ends the bot cleanly; give it time to finish what it is writing.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/TelegramTrader"]
