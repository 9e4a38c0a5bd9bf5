import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { TestGateway } from './gateway.js';
import { CHANNEL, MARKED, channel, dialog, failure, post } from './telegram.js';

/** @type {TestGateway} */
let gateway;

beforeEach(async () => {
  gateway = new TestGateway();
  await gateway.start();
});
afterEach(() => gateway.end());

const GOOD = { channel: MARKED, title: 'Good Signals', username: 'goodsignals', kind: 'channel', isMember: true };

for (const reference of ['@goodsignals', 'goodsignals', 'https://t.me/goodsignals', 't.me/goodsignals/12?single', 'https://t.me/s/goodsignals']) {
  test(`${reference} names the channel`, async () => assert.deepEqual(await gateway.call('channels.resolve', { reference }), GOOD));
}

for (const reference of [MARKED, String(CHANNEL), `https://t.me/c/${CHANNEL}/45`]) {
  test(`${reference} is found in the list of chats`, async () => {
    withoutKeyTheNumberIsUnknown();
    gateway.telegram.answers['messages.getDialogs'] = () => ({ _: 'messages.dialogs', dialogs: [dialog(100)], messages: [post(1, 'first')], chats: [channel()], users: [] });

    assert.deepEqual(await gateway.call('channels.resolve', { reference }), GOOD);
  });
}

for (const reference of ['https://t.me/+AbCdEf123', 't.me/joinchat/AbCdEf123']) {
  test(`${reference} is the channel that was joined by it`, async () => {
    gateway.telegram.answers['messages.checkChatInvite'] = () => ({ _: 'chatInviteAlready', chat: channel() });

    assert.deepEqual(await gateway.call('channels.resolve', { reference }), GOOD);
  });
}

test('an invite link that was not followed yet says what to do', async () => {
  gateway.telegram.answers['messages.checkChatInvite'] = () => ({ _: 'chatInvite', title: 'Secret Signals', photo: { _: 'photoEmpty', id: { low: 1, high: 0 } }, participantsCount: 3, color: 1 });

  const refusal = await gateway.call('channels.resolve', { reference: 't.me/+AbCdEf123' });

  assert.deepEqual([refusal.data.kind, /Secret Signals.*join/.test(refusal.message)], ['notMember', true]);
});

for (const reference of ['', 'a b', '@x', 'https://example.com/goodsignals', 't.me/c/abc', '99999999999999999999']) {
  test(`'${reference}' names no channel`, async () => assert.match((await gateway.call('channels.resolve', { reference })).data.kind, /notFound|parameters/));
}

test('a name that nobody has is not found, and a number without access neither', async () => {
  gateway.telegram.answers['contacts.resolveUsername'] = () => failure(400, 'USERNAME_NOT_OCCUPIED');
  gateway.telegram.answers['messages.getDialogs'] = () => ({ _: 'messages.dialogs', dialogs: [], messages: [], chats: [], users: [] });
  withoutKeyTheNumberIsUnknown();

  assert.equal((await gateway.call('channels.resolve', { reference: '@nobody_here' })).data.kind, 'notFound');
  assert.equal((await gateway.call('channels.resolve', { reference: '-1000000000555' })).data.kind, 'notFound');
  await gateway.call('channels.resolve', { reference: '-1000000000556' });
  assert.equal(gateway.telegram.count('messages.getDialogs'), 1);
});

test('a name that changed hands is not followed', async () => {
  gateway.telegram.answers['messages.getDialogs'] = () => ({ _: 'messages.dialogs', dialogs: [], messages: [], chats: [], users: [] });
  withoutKeyTheNumberIsUnknown();

  const refusal = await gateway.call('channels.subscribe', { reference: '@goodsignals', channel: '-1000000000555' });

  assert.deepEqual([refusal.data.kind, /another channel/.test(refusal.message)], ['differentChannel', true]);
});

test('a channel that was not joined is asked for updates again and again, a joined one is not', async () => {
  await gateway.call('channels.subscribe', { reference: '@goodsignals' });
  const updates = gateway.telegram.client.updates;
  assert.equal(updates.channelsOpened.has(CHANNEL), false);
  await gateway.call('channels.unsubscribe', { channel: MARKED });

  gateway.telegram.answers['channels.getChannels'] = () => ({ _: 'messages.chats', chats: [channel({ left: true })] });
  const info = await gateway.call('channels.subscribe', { reference: '@goodsignals' });

  assert.deepEqual([info.isMember, updates.channelsOpened.has(CHANNEL)], [false, true]);
  await gateway.call('channels.unsubscribe', { channel: MARKED });
  assert.equal(updates.channelsOpened.has(CHANNEL), false);
});

test('history comes oldest first after the given message, without service messages', async () => {
  gateway.telegram.answers['messages.getHistory'] = (request) => {
    assert.deepEqual([request.offsetId, request.addOffset, request.limit], [11, -3, 3]);
    return page([{ _: 'messageService', id: 13, peerId: { _: 'peerChannel', channelId: CHANNEL }, date: 1, action: { _: 'messageActionPinMessage' } }, post(12, 'b'), post(11, 'a')]);
  };

  const history = await gateway.call('channels.history', { channel: '@goodsignals', afterId: 10, limit: 3 });

  assert.deepEqual([history.posts.map((each) => each.text), history.lastId, history.isComplete], [['a', 'b'], 13, false]);
});

test('history without a place is the latest, and an empty one is complete', async () => {
  gateway.telegram.answers['messages.getHistory'] = () => page([post(12, 'b'), post(11, 'a')]);
  assert.deepEqual((await gateway.call('channels.history', { channel: '@goodsignals', afterId: null, limit: 2 })).posts.map((each) => each.messageId), [11, 12]);

  gateway.telegram.answers['messages.getHistory'] = () => page([]);
  assert.deepEqual(await gateway.call('channels.history', { channel: MARKED, afterId: 12, limit: 100 }), { posts: [], lastId: null, isComplete: true });
});

test('messages that are gone come back as deletions', async () => {
  gateway.telegram.answers['channels.getMessages'] = () => page([post(11, 'still here'), { _: 'messageEmpty', id: 12 }]);

  const { posts } = await gateway.call('channels.messages', { channel: '@goodsignals', ids: [11, 12] });

  assert.deepEqual(posts.map((each) => [each.messageId, each.change, each.channel]), [[11, 'posted', MARKED], [12, 'deleted', MARKED]]);
});

test('a channel that threw us out, a long wait and a strange refusal are told apart', async () => {
  await gateway.call('channels.subscribe', { reference: '@goodsignals' });
  for (const [telegramError, kind] of [['CHANNEL_PRIVATE', 'notMember'], ['AUTH_KEY_UNREGISTERED', 'loginNeeded'], ['FLOOD_WAIT_600', 'floodWait']]) {
    gateway.telegram.answers['messages.getHistory'] = () => failure(400, telegramError);
    assert.equal((await gateway.call('channels.history', { channel: MARKED, afterId: 1, limit: 1 })).data.kind, kind);
  }
});

test('limits are held', async () => {
  for (const parameters of [{ channel: MARKED, afterId: 1, limit: 101 }, { channel: MARKED, afterId: -1, limit: 1 }, { channel: MARKED, afterId: 1.5, limit: 1 }, { afterId: 1, limit: 1 }]) {
    assert.equal((await gateway.call('channels.history', parameters)).data.kind, 'parameters');
  }
  assert.equal((await gateway.call('channels.messages', { channel: MARKED, ids: [] })).data.kind, 'parameters');
});

/** @param {object[]} messages newest first, as Telegram gives them */
function page(messages) {
  return { _: 'messages.channelMessages', pts: 100, count: messages.length, messages, topics: [], chats: [channel()], users: [] };
}

/** Telegram wants the key of a channel, which a number alone does not have. */
function withoutKeyTheNumberIsUnknown() {
  gateway.telegram.answers['channels.getChannels'] = (request) =>
    request.id[0].accessHash.isZero() ? failure(400, 'CHANNEL_INVALID') : { _: 'messages.chats', chats: [channel()] };
}

