namespace TelegramTrader.Connectors.Telegram.Sending;

/// <summary>
/// Which message goes when: the lanes of the chats under the limits of all. Decides and does nothing; guarded by the sender's lock.
/// </summary>
internal sealed class SendingSchedule(SendingLimits limits)
{
    private readonly Dictionary<long, ChatLane> _lanes = [];
    private readonly RateWindow _overall = new(limits.Overall);
    private TimeSpan _allFloodedUntil;

    public int Count { get; private set; }

    public void Add(PendingMessage pending)
    {
        LaneOf(pending.ChatId).Add(pending);
        Count++;
    }

    /// <summary>False when it has ended already.</summary>
    public bool Remove(PendingMessage pending)
    {
        if (!_lanes.TryGetValue(pending.ChatId, out var lane) || !lane.Remove(pending))
            return false;
        Count--;
        return true;
    }

    /// <summary>Everything that waited; empty afterwards.</summary>
    public List<PendingMessage> Clear()
    {
        List<PendingMessage> waiting = [.. _lanes.Values.SelectMany(lane => lane.Waiting)];
        _lanes.Clear();
        Count = 0;
        return waiting;
    }

    /// <summary>
    /// Only the newest state of a card counts: an earlier edit of it that still waits ends as superseded, and the new one
    /// takes its place, so that a card which changes all the time is still shown in its turn.
    /// </summary>
    public bool TrySupersede(PendingMessage newer)
    {
        if (newer.Message is not { Priority: MessagePriority.Card, EditMessageId: { } cardId } || !_lanes.TryGetValue(newer.ChatId, out var lane))
            return false;
        var older = lane.Waiting.FirstOrDefault(pending =>
            !pending.IsUnderway && pending.IsEdit && pending.Message.Priority == MessagePriority.Card && pending.Message.EditMessageId == cardId);
        if (older is null)
            return false;
        Remove(older);
        newer.Sequence = older.Sequence;
        older.Completion.TrySetResult(new SendOutcome.Superseded());
        return true;
    }

    /// <summary>
    /// The most urgent message that may go now, begun; null when none may. Then <paramref name="wake"/> says when to ask again
    /// (null: only after the next change).
    /// </summary>
    public (ChatLane Lane, PendingMessage Pending)? TakeNext(TimeSpan now, out TimeSpan? wake)
    {
        wake = null;
        (ChatLane Lane, PendingMessage Pending)? best = null;
        foreach (var (chatId, lane) in _lanes)
        {
            if (lane.IsUnderway)
                continue;
            if (lane.Next(now) is not { } pending)
            {
                // Removing while enumerating is allowed for dictionaries.
                if (lane.IsAtRest(now))
                    _lanes.Remove(chatId);
                continue;
            }
            var ready = lane.ReadyAt(pending, now);
            if (ready < _allFloodedUntil)
                ready = _allFloodedUntil;
            if (ready > now)
                wake = wake < ready ? wake : ready;
            else if (best is null || IsMoreUrgent(pending, best.Value.Pending))
                best = (lane, pending);
        }
        if (best is not { } chosen)
            return null;
        if (_overall.NextSlot(now) is not { } slot)
            return null;
        if (slot > now)
        {
            wake = wake < slot ? wake : slot;
            return null;
        }
        chosen.Lane.Begin();
        _overall.Begin();
        chosen.Pending.IsUnderway = true;
        return chosen;
    }

    public void End(ChatLane lane, PendingMessage pending, TimeSpan now)
    {
        lane.End(now);
        _overall.End(now);
        pending.IsUnderway = false;
    }

    /// <summary>Telegram said "too many requests" in this chat. Said in several at once, it means all.</summary>
    public void Flooded(ChatLane lane, TimeSpan now, TimeSpan wait)
    {
        lane.FloodedUntil = now + wait;
        if (_lanes.Values.Count(other => other.FloodedUntil > now) >= limits.FloodedChatsForAll && _allFloodedUntil < lane.FloodedUntil)
            _allFloodedUntil = lane.FloodedUntil;
    }

    /// <summary>To the lane of the supergroup that the group became.</summary>
    public void Migrate(PendingMessage pending, long newChatId)
    {
        if (!Remove(pending))
            return;
        pending.Migrate(newChatId);
        Add(pending);
    }

    private static bool IsMoreUrgent(PendingMessage left, PendingMessage right) =>
        (left.Message.Priority, left.Sequence).CompareTo((right.Message.Priority, right.Sequence)) < 0;

    private ChatLane LaneOf(long chatId)
    {
        if (!_lanes.TryGetValue(chatId, out var lane))
            _lanes[chatId] = lane = new ChatLane(chatId, limits);
        return lane;
    }
}
