using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Exchanges;

public sealed class CcxtExchangeTests
{
    private const string Id = "ttaaaaaaaaaaaaaaaa-s-1";
    private const string OpenStop = """{ "id": "77", "clientOrderId": "ttaaaaaaaaaaaaaaaa-s-1", "symbol": "BTC/USDT:USDT", "status": "open", "quantity": "0.010", "filled": "0" }""";

    [Fact]
    public async Task Place_AStop_SendsItOnceWithItsIdAndIsAccepted()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", OpenStop));

        await stage.PlaceAsync(ExchangeStage.Stop());

        Assert.Equal([new OrderAnswer.Accepted("77")], stage.Answers);
        var call = Assert.Single(stage.Gateway.CallsOf("exchange.place"));
        Assert.Equal(Id, call.GetProperty("clientOrderId").GetString());
        Assert.Equal("stopMarket", call.GetProperty("type").GetString());
        Assert.Equal("59000", call.GetProperty("trigger").GetString());
        Assert.Equal("0.01", call.GetProperty("quantity").GetString());
        Assert.True(call.GetProperty("reduceOnly").GetBoolean());
        // What protects is never held up by leverage and modes.
        Assert.Empty(stage.Gateway.CallsOf("exchange.prepare"));
    }

    public static TheoryData<string> Unknowns => new() { "timeout", "dead", "cut", "garbage" };

    [Theory]
    [MemberData(nameof(Unknowns))]
    public async Task Place_NotAnswered_IsUnknownAndNeverSentAgain(string how)
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            switch (how)
            {
                case "timeout":
                    gateway.Answer("exchange.place", ScriptedExchangeGateway.NoAnswer);
                    break;
                case "dead":
                    gateway.Answer("exchange.place", ScriptedExchangeGateway.Dead);
                    break;
                case "cut":
                    gateway.Refuse("exchange.place", "network", mayHaveHappened: true);
                    break;
                default:
                    gateway.Answer("exchange.place", """{ "nonsense": 1 }""");
                    break;
            }
        });

        await stage.PlaceAsync(ExchangeStage.Stop());
        stage.Time.Advance(TimeSpan.FromMinutes(5));
        await stage.Exchange.IdleAsync();

        Assert.IsType<OrderAnswer.OutcomeUnknown>(Assert.Single(stage.Answers));
        Assert.Single(stage.Gateway.CallsOf("exchange.place"));
    }

    [Theory]
    [InlineData("insufficientFunds", ExchangeErrorKind.InsufficientFunds)]
    [InlineData("wouldTriggerAtOnce", ExchangeErrorKind.WouldTriggerAtOnce)]
    [InlineData("reduceOnlyRefused", ExchangeErrorKind.ReduceOnlyRefused)]
    [InlineData("duplicateClientOrderId", ExchangeErrorKind.DuplicateClientOrderId)]
    [InlineData("bannedAddress", ExchangeErrorKind.AddressBanned)]
    [InlineData("notOpened", ExchangeErrorKind.Network)]
    [InlineData("something new", ExchangeErrorKind.Unrecognised)]
    public async Task Place_Refused_IsRejectedWithItsKindAndCode(string kind, ExchangeErrorKind expected)
    {
        await using var stage = new ExchangeStage(gateway => gateway.Refuse("exchange.place", kind, mayHaveHappened: false, "-2021"));

        await stage.PlaceAsync(ExchangeStage.Stop());

        var rejected = Assert.IsType<OrderAnswer.Rejected>(Assert.Single(stage.Answers));
        Assert.Equal((expected, "-2021"), (rejected.Error.Kind, rejected.Error.Code));
    }

    [Fact]
    public async Task Place_AnEntry_SetsLeverageAndModesFirstAndOnlyOnce()
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Answer("exchange.place", OpenStop);
            gateway.Answer("exchange.place", OpenStop);
        });

        await stage.PlaceAsync(ExchangeStage.Entry());
        await stage.PlaceAsync(ExchangeStage.Entry("ttaaaaaaaaaaaaaaaa-e1-1"));

        var prepared = Assert.Single(stage.Gateway.CallsOf("exchange.prepare"));
        Assert.Equal(3, prepared.GetProperty("leverage").GetInt32());
        Assert.True(prepared.GetProperty("oneWay").GetBoolean());
        var methods = stage.Gateway.Calls.Select(call => call.Method).ToArray();
        Assert.True(Array.IndexOf(methods, "exchange.prepare") < Array.IndexOf(methods, "exchange.place"));
    }

    /// <summary>Somebody may have changed it at the exchange: with more leverage than planned liquidation comes before the stop.</summary>
    [Fact]
    public async Task Place_AnEntryAWhileAfterThePreparation_LooksAgain()
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Answer("exchange.place", OpenStop);
            gateway.Answer("exchange.prepare", """{ "leverage": "3", "marginMode": "isolated", "positionMode": "oneWay", "verified": true }""");
            gateway.Answer("exchange.prepare", """{ "leverage": "50", "marginMode": "isolated", "positionMode": "oneWay", "verified": true }""");
        });
        await stage.PlaceAsync(ExchangeStage.Entry());
        stage.Time.Advance(TimeSpan.FromMinutes(6));
        await stage.PlaceAsync(ExchangeStage.Entry("ttaaaaaaaaaaaaaaaa-e1-1"));

        Assert.Single(stage.Gateway.CallsOf("exchange.place"));
        Assert.Contains("50", Assert.IsType<OrderAnswer.Rejected>(stage.Answers[^1]).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Place_AnEntryWhosePreparationBreaksOnTheWay_IsPreparedAgainAndSentOnce()
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Refuse("exchange.prepare", "network", mayHaveHappened: true);
            gateway.Answer("exchange.prepare", ScriptedExchangeGateway.NoAnswer);
            gateway.Answer("exchange.place", OpenStop);
        });

        await stage.PlaceAsync(ExchangeStage.Entry());

        Assert.Equal(3, stage.Gateway.CallsOf("exchange.prepare").Count);
        Assert.Single(stage.Gateway.CallsOf("exchange.place"));
        Assert.IsType<OrderAnswer.Accepted>(Assert.Single(stage.Answers));
    }

    [Fact]
    public async Task Place_AnEntryThatCanNotBePrepared_IsRefusedAfterThreeTries()
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            for (var attempt = 0; attempt < 4; attempt++)
                gateway.Refuse("exchange.prepare", "network", mayHaveHappened: true);
        });

        await stage.PlaceAsync(ExchangeStage.Entry());

        Assert.Equal(3, stage.Gateway.CallsOf("exchange.prepare").Count);
        Assert.Empty(stage.Gateway.CallsOf("exchange.place"));
        Assert.IsType<OrderAnswer.Rejected>(Assert.Single(stage.Answers));
    }

    [Fact]
    public async Task Place_AnEntryWhosePreparationTakesTooLong_IsNeverSent_AndWhatWasPreparedCounts()
    {
        var preparing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stage = new ExchangeStage(
            gateway =>
            {
                gateway.Hold("exchange.prepare", preparing.Task);
                gateway.Answer("exchange.place", OpenStop);
            },
            options: new CcxtExchangeOptions());

        await stage.PlaceAsync(ExchangeStage.Entry());

        var late = Assert.IsType<OrderAnswer.Rejected>(Assert.Single(stage.Answers)).Error;
        Assert.Equal(ExchangeErrorKind.TooLate, late.Kind);
        Assert.StartsWith("The order was not sent: it could not leave in time", TraderWords.Of(late, "the exchange", AfterRefusal.EntryGivenUp), StringComparison.Ordinal);
        preparing.SetResult();
        stage.Exchange.Place(ExchangeStage.Approved(ExchangeStage.Entry("ttaaaaaaaaaaaaaaaa-e1-1")));
        await stage.Gateway.CalledAsync("exchange.place");
        await stage.IdleAsync();
        Assert.Single(stage.Gateway.CallsOf("exchange.prepare"));
        var placed = Assert.Single(stage.Gateway.CallsOf("exchange.place"));
        Assert.Equal("ttaaaaaaaaaaaaaaaa-e1-1", placed.GetProperty("clientOrderId").GetString());
        Assert.True(placed.GetProperty("notAfter").GetInt64() > 0);
    }

    /// <summary>The exchange asks for a pause in the midst of it: each wait alone is short enough, all together are not.</summary>
    [Fact]
    public async Task Place_AnEntryThatHasToWaitForItsPreparationAndThenForItsTurn_IsNeverSentAfterTheDeadline()
    {
        await using var stage = new ExchangeStage(
            gateway =>
            {
                gateway.Refuse("exchange.prepare", "rateLimited", mayHaveHappened: false, wait: TimeSpan.FromSeconds(20));
                gateway.Answer("exchange.place", OpenStop);
            },
            options: new CcxtExchangeOptions());

        await stage.PlaceAsync(ExchangeStage.Entry());
        stage.Time.Advance(TimeSpan.FromMinutes(1));
        await stage.IdleAsync();

        Assert.Equal(ExchangeErrorKind.TooLate, Assert.IsType<OrderAnswer.Rejected>(Assert.Single(stage.Answers)).Error.Kind);
        Assert.Empty(stage.Gateway.CallsOf("exchange.place"));
    }

    [Fact]
    public async Task Place_WhatProtects_HasNoDeadline()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", OpenStop));

        await stage.PlaceAsync(ExchangeStage.Stop());

        Assert.Equal(System.Text.Json.JsonValueKind.Null, Assert.Single(stage.Gateway.CallsOf("exchange.place")).GetProperty("notAfter").ValueKind);
    }

    [Fact]
    public async Task Cancel_OfAnOrderThatIsStillBeingSent_DoesNotOvertakeIt()
    {
        var preparing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Hold("exchange.prepare", preparing.Task);
            gateway.Answer("exchange.place", OpenStop);
            gateway.Answer("exchange.cancel", OpenStop);
        });

        var placing = stage.PlaceAsync(ExchangeStage.Entry());
        await stage.Gateway.CalledAsync("exchange.prepare");
        stage.Exchange.Cancel(Some.Btc, ExchangeStage.Entry().Id);
        preparing.SetResult();
        await placing;
        await stage.IdleAsync();

        Assert.Equal(["exchange.place", "exchange.cancel"], stage.Gateway.Calls.Select(call => call.Method).Where(method => method is "exchange.place" or "exchange.cancel"));
    }

    [Fact]
    public async Task AskAccount_ABrokenConnection_IsReadAgainAndReportedAsWhole()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Refuse("exchange.positions", "network", mayHaveHappened: false));

        Assert.IsType<EngineEvent.AccountReported>(await stage.AskAsync());
        Assert.DoesNotContain(stage.Events, said => said is EngineEvent.AccountReportFailed);
    }

    public static TheoryData<string, string> NotPrepared => new()
    {
        { """{ "leverage": "20", "marginMode": "isolated", "positionMode": "oneWay", "verified": true }""", "the leverage is 20 and not 3" },
        { """{ "leverage": "3", "marginMode": "isolated", "positionMode": "hedged", "verified": true }""", "hedge mode" },
        { """{ "leverage": "3", "marginMode": "cross", "positionMode": "oneWay", "verified": true }""", "the margin mode is cross and not isolated" },
        { """{ "verified": false, "notes": ["no answer"] }""", "did not confirm leverage and modes (no answer)" },
    };

    [Theory]
    [MemberData(nameof(NotPrepared))]
    public async Task Place_AnEntryInAnAccountThatIsNotAsItMustBe_IsNotSent(string prepared, string reason)
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.prepare", prepared));

        await stage.PlaceAsync(ExchangeStage.Entry());

        Assert.Contains(reason, Assert.IsType<OrderAnswer.Rejected>(Assert.Single(stage.Answers)).Error.Message, StringComparison.Ordinal);
        Assert.Empty(stage.Gateway.CallsOf("exchange.place"));
    }

    [Fact]
    public async Task Place_TheSameOrderWhileItIsBeingSent_IsNotSentTwice()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", OpenStop));
        await Task.WhenAll(stage.PlaceAsync(ExchangeStage.Stop()));
        Assert.Single(stage.Gateway.CallsOf("exchange.place"));
    }

    [Fact]
    public async Task Place_FilledAtOnce_TellsTheExecutionsOfOursOnly()
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Answer("exchange.place", OpenStop);
            gateway.Answer("exchange.order", OpenStop);
            gateway.Answer("exchange.fills", """
                [ { "id": "1", "orderId": "77", "symbol": "BTC/USDT:USDT", "side": "sell", "price": "58990.1", "quantity": "0.010", "fee": { "cost": "0.2", "asset": "USDT" }, "maker": false, "at": 1767225601000 },
                  { "id": "2", "orderId": "78", "symbol": "BTC/USDT:USDT", "side": "sell", "price": "58990", "quantity": "5", "at": 1767225601000 } ]
                """);
        });

        await stage.PlaceAsync(ExchangeStage.Stop());

        var filled = Assert.Single(stage.Events.OfType<EngineEvent.OrderFilled>()).Fill;
        Assert.Equal((new ClientOrderId(Id), 58990.1m, 0.010m, new Money(0.2m, "USDT"), OrderSide.Sell), (filled.OrderId, filled.Price.Value, filled.Quantity.Value, filled.Fee, filled.Side));
        Assert.Equal(1767225601000, filled.HappenedAt.UnixMilliseconds);
    }

    [Fact]
    public async Task Place_AStopThatBecameAnotherOrderWhenItFired_ItsExecutionIsStillOurs()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", OpenStop));
        await stage.PlaceAsync(ExchangeStage.Stop());
        stage.Gateway.Answer("exchange.fills", """[ { "id": "5", "orderId": "900", "symbol": "BTC/USDT:USDT", "side": "sell", "price": "58980", "quantity": "0.010", "at": 1767225602000 } ]""");
        stage.Gateway.Answer("exchange.order", OpenStop.Replace("\"open\"", "\"closed\", \"childId\": \"900\"", StringComparison.Ordinal));

        stage.Gateway.Notify("exchange.fill", """{ "account": "main", "fill": { "id": "5", "orderId": "900", "symbol": "BTC/USDT:USDT", "side": "sell", "price": "58980", "quantity": "0.010", "at": 1767225602000, "fee": { "cost": "0.2", "asset": "USDT" } } }""");
        await stage.IdleAsync();

        Assert.Equal(new ClientOrderId(Id), Assert.Single(stage.Events.OfType<EngineEvent.OrderFilled>()).Fill.OrderId);
    }

    [Fact]
    public async Task Place_SomebodyTradesTheSymbolByHand_IsAskedAboutOnceOnly()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", OpenStop));
        await stage.PlaceAsync(ExchangeStage.Stop());
        const string Foreign = """[ { "id": "6", "orderId": "5000", "symbol": "BTC/USDT:USDT", "side": "buy", "price": "58980", "quantity": "1", "at": 1767225602000 } ]""";
        for (var look = 0; look < 3; look++)
        {
            stage.Gateway.Answer("exchange.fills", Foreign);
            stage.Gateway.Answer("exchange.cancel", OpenStop);
            stage.Gateway.Answer("exchange.order", OpenStop);
            stage.Exchange.Cancel(Some.Btc, new ClientOrderId("ttbbbbbbbbbbbbbbbb-t1-1"));
            await stage.IdleAsync();
        }

        Assert.Single(stage.Gateway.CallsOf("exchange.order"));
        Assert.Empty(stage.Events.OfType<EngineEvent.OrderFilled>());
    }

    [Theory]
    [InlineData("orderNotFound", ExchangeErrorKind.OrderNotFound)]
    [InlineData("network", ExchangeErrorKind.Network)]
    public async Task Cancel_Refused_SaysSoAndDoesNotCallItCancelled(string kind, ExchangeErrorKind expected)
    {
        await using var stage = new ExchangeStage(gateway => gateway.Refuse("exchange.cancel", kind, mayHaveHappened: true));

        stage.Exchange.Cancel(Some.Btc, new ClientOrderId(Id));
        await stage.Exchange.IdleAsync();

        Assert.Equal(expected, Assert.IsType<OrderAnswer.CancelRefused>(Assert.Single(stage.Answers)).Error.Kind);
    }

    [Fact]
    public async Task AskAccount_EverythingAnswers_ReportsTheWhole()
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Answer("exchange.place", OpenStop);
            gateway.Answer("exchange.order", OpenStop);
            gateway.Answer("exchange.positions", "[]");
            gateway.Answer("exchange.positions", """[ { "symbol": "BTC/USDT:USDT", "side": "long", "quantity": "0.010", "entry": "60000", "openProfit": "25.5" } ]""");
            gateway.Answer("exchange.fundingPayments", """[ { "id": "f1", "symbol": "BTC/USDT:USDT", "amount": "-0.06", "asset": "USDT", "at": 1767225600000, "rate": "0.0001" } ]""");
        });
        await stage.PlaceAsync(ExchangeStage.Stop());
        // The first reading after the account was opened is an urgent one.
        await stage.AskAsync();

        var report = Assert.IsType<EngineEvent.AccountReported>(await stage.AskAsync(new ClientOrderId(Id))).Report;

        // The wallet is what the account holds without the open profit, which the engine counts itself.
        Assert.Equal(new Money(974.5m, "USDT"), report.Wallet);
        Assert.Equal(new ReportedOrder(new ClientOrderId(Id), new OrderAnswer.Accepted("77"), false), Assert.Single(report.Orders));
        Assert.Equal(new ReportedPosition(Some.Btc, TradeSide.Long, new Quantity(0.010m), new Price(60_000m)), Assert.Single(report.Positions));
        Assert.Equal(new Money(-0.06m, "USDT"), Assert.Single(report.Funding).Amount);
    }

    [Theory]
    [InlineData("exchange.balance")]
    [InlineData("exchange.positions")]
    [InlineData("exchange.order")]
    [InlineData("exchange.fills")]
    [InlineData("exchange.fundingPayments")]
    public async Task AskAccount_OnePartCannotBeRead_ReportsNothingInPart(string method)
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", OpenStop));
        await stage.PlaceAsync(ExchangeStage.Stop());
        await stage.AskAsync();
        for (var attempt = 0; attempt < new CcxtExchangeOptions().ReadAttempts * ExchangeSession.LookAttempts; attempt++)
        {
            stage.Gateway.Answer("exchange.order", method == "exchange.order" ? ScriptedExchangeGateway.NoAnswer : OpenStop);
            if (method != "exchange.order")
                stage.Gateway.Refuse(method, "maintenance", mayHaveHappened: false);
        }

        Assert.IsType<EngineEvent.AccountReportFailed>(await stage.AskAsync(new ClientOrderId(Id)));
    }

    [Theory]
    [InlineData("closed", true)]
    [InlineData("open", false)]
    public async Task AskAccount_AnOrderOfAnEarlierRun_IsFoundByItsId(string status, bool isFilled)
    {
        var earlier = new Order { Intent = ExchangeStage.Stop(), CreatedAt = Some.Time, ChangedAt = Some.Time, State = new OrderState.Unknown(Some.Time) };
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.order", OpenStop.Replace("\"open\"", $"\"{status}\"", StringComparison.Ordinal)), [earlier]);

        var report = Assert.IsType<EngineEvent.AccountReported>(await stage.AskAsync(earlier.Id)).Report;

        Assert.Equal(isFilled, Assert.Single(report.Orders).IsFilled);
        Assert.True(Assert.Single(stage.Gateway.CallsOf("exchange.order")).GetProperty("isTrigger").GetBoolean());
    }

    [Fact]
    public async Task AskAccount_AStatusThatNobodyKnows_IsNoReportRatherThanAGuess()
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Answer("exchange.place", OpenStop);
            gateway.Answer("exchange.order", OpenStop.Replace("\"open\"", "\"sleeping\"", StringComparison.Ordinal));
        });
        await stage.PlaceAsync(ExchangeStage.Stop());

        Assert.IsType<EngineEvent.AccountReportFailed>(await stage.AskAsync(new ClientOrderId(Id)));
    }

    [Fact]
    public async Task AskAccount_UnknownAtTheExchange_IsNotFound()
    {
        await using var stage = new ExchangeStage(gateway =>
        {
            gateway.Answer("exchange.place", ScriptedExchangeGateway.NoAnswer);
            gateway.Refuse("exchange.order", "orderNotFound", mayHaveHappened: false);
        });
        await stage.PlaceAsync(ExchangeStage.Stop());

        var report = Assert.IsType<EngineEvent.AccountReported>(await stage.AskAsync(new ClientOrderId(Id))).Report;

        Assert.IsType<OrderAnswer.NotFound>(Assert.Single(report.Orders).Answer);
    }

    [Fact]
    public async Task Told_AnExecutionThatIsPushed_IsTold()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", OpenStop));
        await stage.PlaceAsync(ExchangeStage.Stop());

        stage.Gateway.Notify("exchange.fill", """{ "account": "main", "fill": { "id": "9", "orderId": "77", "symbol": "BTC/USDT:USDT", "side": "sell", "price": "58990", "quantity": "0.004", "at": 1767225601000, "fee": { "cost": "0.2", "asset": "USDT" } } }""");
        stage.Gateway.Notify("exchange.fill", """{ "account": "somebody-else", "fill": { "id": "10", "orderId": "77", "symbol": "BTC/USDT:USDT", "side": "sell", "price": "58990", "quantity": "0.004", "at": 1767225601000, "fee": { "cost": "0.2", "asset": "USDT" } } }""");
        stage.Gateway.Notify("exchange.fill", """{ "account": "main", "fill": { "id": "11", "orderId": "77", "symbol": "BTC/USDT:USDT", "side": "sell", "price": "-1", "quantity": "0.004", "at": 1767225601000, "fee": { "cost": "0.2", "asset": "USDT" } } }""");
        await stage.Exchange.IdleAsync();

        Assert.Equal(0.004m, Assert.Single(stage.Events.OfType<EngineEvent.OrderFilled>()).Fill.Quantity.Value);
    }

    /// <summary>An execution is booked once: one that came without its fee would have cost nothing for ever.</summary>
    [Fact]
    public async Task Told_AnExecutionWithoutItsFee_IsReadFromTheListThatHasIt()
    {
        await using var stage = new ExchangeStage(gateway => gateway.Answer("exchange.place", OpenStop));
        await stage.PlaceAsync(ExchangeStage.Stop());
        const string Pushed = """{ "id": "9", "orderId": "77", "symbol": "BTC/USDT:USDT", "side": "sell", "price": "58990", "quantity": "0.004", "at": 1767225601000 }""";
        stage.Gateway.Answer("exchange.fills", $"[{Pushed.Replace(" }", """, "fee": { "cost": "0.2", "asset": "USDT" } }""", StringComparison.Ordinal)}]");

        stage.Gateway.Notify("exchange.fill", $$"""{ "account": "main", "fill": {{Pushed}} }""");
        await stage.IdleAsync();

        Assert.Equal(new Money(0.2m, "USDT"), Assert.Single(stage.Events.OfType<EngineEvent.OrderFilled>()).Fill.Fee);
    }

    [Fact]
    public void Errors_EveryKindOfTheGateway_HasOursAndWordsForATrader()
    {
        Assert.Equal(20, ExchangeErrors.Kinds.Count);
        foreach (var kind in Enum.GetValues<ExchangeErrorKind>())
            Assert.Contains("binance: words, code 7", TraderWords.Of(new ExchangeError(kind, "7", "words"), "binance", AfterRefusal.TriedAgain), StringComparison.Ordinal);
    }
}
