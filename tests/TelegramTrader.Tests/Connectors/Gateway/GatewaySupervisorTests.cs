using System.Text.Json;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Telegram;

namespace TelegramTrader.Tests.Connectors.Gateway;

/// <summary>The supervisor against gateways that behave in every way a process can.</summary>
public sealed class GatewaySupervisorTests
{
    [NodeFact]
    public async Task Call_WithParameters_ComesBackWithTheResult()
    {
        await using var stage = await RunningAsync();
        var answer = await stage.Supervisor.CallAsync<Echo>("echo", new { Text = "grün 🟢\nzwei", Number = 7L }, GatewayStage.AnHour, CancellationToken.None);
        Assert.Equal(new GatewayAnswer<Echo>.Ok(new Echo("grün 🟢\nzwei", 7)), answer);
    }

    [NodeFact]
    public async Task Call_ResultOfAnotherShape_IsRefusedAndNotThrown()
    {
        await using var stage = await RunningAsync();
        var answer = await stage.Supervisor.CallAsync<Echo>("echo", new { Text = 5 }, GatewayStage.AnHour, CancellationToken.None);
        Assert.Equal(GatewayRefusalKind.Other, Assert.IsType<GatewayAnswer<Echo>.Refused>(answer).Refusal.Kind);
    }

    [NodeFact]
    public async Task Call_Refused_SaysKindAndWait()
    {
        await using var stage = await RunningAsync();
        var answer = await stage.CallAsync("refuse", new { kind = "floodWait", seconds = 17 });
        Assert.Equal(
            new GatewayRefusal(GatewayRefusalKind.FloodWait, "No, and that is final.", TimeSpan.FromSeconds(17)),
            Assert.IsType<GatewayAnswer<JsonElement>.Refused>(answer).Refusal);
    }

    [NodeFact]
    public async Task Call_NoAnswerInTime_TimesOutAndTheLateAnswerHarmsNobody()
    {
        await using var stage = await RunningAsync();
        var late = stage.CallAsync("late", new { Text = "too late" }, TimeSpan.FromSeconds(5));
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        stage.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(new GatewayAnswer<JsonElement>.TimedOut(TimeSpan.FromSeconds(5)), await late);

        await stage.ResultAsync("release");
        Assert.Equal("still here", (await stage.ResultAsync("echo", new { Text = "still here" })).GetProperty("text").GetString());
    }

    [NodeFact]
    public async Task Calls_AnsweredOutOfOrder_EachGetsItsOwn()
    {
        await using var stage = await RunningAsync();
        var late = stage.CallAsync("late", new { Text = "first" });
        var echo = await stage.ResultAsync("echo", new { Text = "second" });
        await stage.ResultAsync("release");
        Assert.Equal("second", echo.GetProperty("text").GetString());
        Assert.Equal("first", Assert.IsType<GatewayAnswer<JsonElement>.Ok>(await late).Value.GetProperty("text").GetString());
    }

    [NodeFact]
    public async Task Call_Cancelled_Throws()
    {
        await using var stage = await RunningAsync();
        using var cancel = new CancellationTokenSource();
        var call = stage.Supervisor.CallAsync<JsonElement>("late", null, GatewayStage.AnHour, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [NodeFact]
    public async Task Death_InTheMiddle_CallsAreLostAndItIsStartedAgainAfterTheWait()
    {
        await using var stage = Stage();
        var starts = 0;
        stage.Supervisor.AfterEachStart(async life =>
        {
            starts++;
            Assert.IsType<GatewayAnswer<JsonElement>.Ok>(await stage.Supervisor.CallAsync<JsonElement>("echo", new { Text = "restored" }, GatewayStage.AnHour, life));
        });
        stage.Start();
        await stage.HealthAsync<GatewayHealth.Running>();
        var underWay = stage.CallAsync("late");
        var dying = stage.CallAsync("die");

        Assert.Contains("unknown", Assert.IsType<GatewayAnswer<JsonElement>.Lost>(await underWay).Reason, StringComparison.Ordinal);
        Assert.IsType<GatewayAnswer<JsonElement>.Lost>(await dying);
        var restarting = await stage.HealthAsync<GatewayHealth.Restarting>();
        Assert.Equal((1, TimeSpan.FromSeconds(1)), (restarting.Failures, restarting.Wait));
        Assert.Contains("exit code 3", restarting.Reason, StringComparison.Ordinal);
        Assert.Contains("the sky fell", restarting.Reason, StringComparison.Ordinal);
        Assert.IsType<GatewayAnswer<JsonElement>.NotRunning>(await stage.CallAsync("echo"));

        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
        stage.Time.Advance(TimeSpan.FromSeconds(1));
        await stage.HealthAsync<GatewayHealth.Running>();
        await stage.ResultAsync("echo", new { Text = "again" });
        await stage.CancelAsync();
        await stage.EndedAsync();
        Assert.Equal(2, starts);
    }

    [NodeFact]
    public async Task Death_AtStart_WaitsEverLongerAndFailsWithASentence()
    {
        await using var stage = new GatewayStage("dies-at-start.mjs", options => options with { Restarts = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)) });
        stage.Start();
        foreach (var (failures, seconds) in new[] { (1, 1), (2, 2) })
        {
            var restarting = await stage.HealthAsync<GatewayHealth.Restarting>();
            Assert.Equal((failures, TimeSpan.FromSeconds(seconds)), (restarting.Failures, restarting.Wait));
            Assert.Contains("nothing works", restarting.Reason, StringComparison.Ordinal);
            await stage.Time.WaitForTimerAsync(restarting.Wait);
            stage.Time.Advance(restarting.Wait);
        }

        var failed = await stage.HealthAsync<GatewayHealth.Failed>();
        Assert.Contains("nothing works", failed.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(failed.WhatToDo);
        // It is tried on, in case that somebody repairs it.
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(3));
        stage.Time.Advance(TimeSpan.FromSeconds(3));
        await stage.HealthAsync<GatewayHealth.Starting>();
    }

    [NodeFact]
    public async Task GoodRun_BeforeADeath_ForgetsEarlierFailures()
    {
        await using var stage = await RunningAsync();
        for (var run = 0; run < 2; run++)
        {
            stage.Time.Advance(TimeSpan.FromMinutes(3));
            await stage.CallAsync("die");
            Assert.Equal(1, (await stage.HealthAsync<GatewayHealth.Restarting>()).Failures);
            await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(1));
            stage.Time.Advance(TimeSpan.FromSeconds(1));
            await stage.HealthAsync<GatewayHealth.Running>();
        }
    }

    [NodeFact]
    public async Task Start_WithoutAnAnswer_IsEndedAndTriedAgain()
    {
        await using var stage = new GatewayStage("says-nothing.mjs");
        stage.Start();
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(30));
        stage.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("no answer within 30 s", (await stage.HealthAsync<GatewayHealth.Restarting>()).Reason, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Hang_IsNoticedByThePingAndKilled()
    {
        await using var stage = Stage();
        // An action that waits for a gateway that hangs must not keep it alive.
        stage.Supervisor.AfterEachStart(life => stage.Supervisor.CallAsync<JsonElement>("late", null, GatewayStage.AnHour, life));
        stage.Start();
        var running = await stage.HealthAsync<GatewayHealth.Running>();
        var underWay = stage.CallAsync("hang");
        await stage.Time.WaitForTimerAsync(TimeSpan.FromMinutes(30));
        stage.Time.Advance(TimeSpan.FromMinutes(30));
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(15));
        stage.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.Contains("hangs", (await stage.HealthAsync<GatewayHealth.Restarting>()).Reason, StringComparison.Ordinal);
        Assert.IsType<GatewayAnswer<JsonElement>.Lost>(await underWay);
        Assert.False(GatewayStage.IsRunning(running.ProcessId));
    }

    [NodeFact]
    public async Task OldNode_IsNotUsed()
    {
        await using var stage = new GatewayStage("too-old.mjs");
        stage.Start();
        Assert.Contains("v18.20.1 is too old", (await stage.HealthAsync<GatewayHealth.Restarting>()).Reason, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Shutdown_ClosesTheInputAndTheGatewayEnds()
    {
        await using var stage = await RunningAsync();
        var id = Assert.IsType<GatewayHealth.Running>(stage.Supervisor.Health).ProcessId;
        var underWay = stage.CallAsync("late");
        await stage.CancelAsync();
        await stage.EndedAsync();
        Assert.False(GatewayStage.IsRunning(id));
        Assert.IsType<GatewayHealth.Stopped>(stage.Supervisor.Health);
        Assert.IsType<GatewayAnswer<JsonElement>.Lost>(await underWay);
    }

    [NodeFact]
    public async Task Shutdown_Ignored_IsKilledAfterTheWait()
    {
        await using var stage = new GatewayStage("ignores-the-end.mjs");
        stage.Start();
        var running = await stage.HealthAsync<GatewayHealth.Running>();
        await stage.CancelAsync();
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        Assert.True(GatewayStage.IsRunning(running.ProcessId));
        stage.Time.Advance(TimeSpan.FromSeconds(5));
        await stage.EndedAsync();
        Assert.False(GatewayStage.IsRunning(running.ProcessId));
    }

    [Fact]
    public async Task NoNode_SaysWhatToDoAndLooksAgain()
    {
        GatewayInstallation found = new GatewayInstallation.NoNode("Install it.");
        await using var stage = new GatewayStage(null, find: () => found);
        stage.Start();
        Assert.Equal("Node.js was not found. Install it.", (await stage.HealthAsync<GatewayHealth.NoNode>()).ToString());
        Assert.IsType<GatewayAnswer<JsonElement>.NotRunning>(await stage.CallAsync("ping"));
        await stage.Time.WaitForTimerAsync(TimeSpan.FromMinutes(1));
        found = new GatewayInstallation.Incomplete("Its packages are missing.", "Build again.");
        stage.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Its packages are missing. Build again.", (await stage.HealthAsync<GatewayHealth.Failed>()).ToString());
    }

    private static GatewayStage Stage() => new("scripted.mjs");

    private static async Task<GatewayStage> RunningAsync()
    {
        var stage = Stage();
        stage.Start();
        await stage.HealthAsync<GatewayHealth.Running>();
        return stage;
    }

    private sealed record Echo(string Text, long Number);
}
