import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { TestGateway } from './gateway.js';
import { CHANNEL, MARKED, NOW, channel, dialog, failure, post } from './telegram.js';

/** @type {TestGateway} */
let gateway;

beforeEach(async () => {
  gateway = new TestGateway();
});
afterEach(() => gateway.end());

/** @param {number} pts @param {object} message */
const posted = (pts, message) => ({ _: 'updateNewChannelMessage', message, pts, ptsCount: 1 });

test('a new post of a followed channel is told with everything in it', async () => {
  assert.deepEqual(await gateway.follow(), { channel: MARKED, title: 'Good Signals', username: 'goodsignals', kind: 'channel', isMember: true });

  gateway.telegram.push(posted(101, post(11, 'BUY BTC\n  entry 100', { replyTo: { _: 'messageReplyHeader', replyToMsgId: 9 }, media: { _: 'messageMediaUnsupported' } })));

  assert.deepEqual(await gateway.notified('channels.message', 1), [{
    change: 'posted', channel: MARKED, messageId: 11, postedAt: (NOW + 11) * 1000, editedAt: null, text: 'BUY BTC\n  entry 100', replyTo: 9, hasMedia: true,
  }]);
});

test('an edit and a deletion are told as what they are', async () => {
  await gateway.follow();

  gateway.telegram.push(
    { _: 'updateEditChannelMessage', message: post(11, 'BUY BTC, stop 95', { editDate: NOW + 60 }), pts: 101, ptsCount: 1 },
    { _: 'updateDeleteChannelMessages', channelId: CHANNEL, messages: [7, 8], pts: 103, ptsCount: 2 },
  );

  const [edit, ...deletions] = await gateway.notified('channels.message', 3);
  assert.deepEqual([edit.change, edit.messageId, edit.text, edit.editedAt], ['edited', 11, 'BUY BTC, stop 95', (NOW + 60) * 1000]);
  assert.deepEqual(deletions.map((each) => [each.change, each.messageId, each.postedAt]), [['deleted', 7, null], ['deleted', 8, null]]);
});

test('posts of channels that are not followed, service messages and repeated updates are not told', async () => {
  await gateway.follow();
  const elsewhere = post(5, 'elsewhere', { peerId: { _: 'peerChannel', channelId: 555 } });

  gateway.telegram.push(
    posted(101, { _: 'messageService', id: 10, peerId: { _: 'peerChannel', channelId: CHANNEL }, date: NOW, action: { _: 'messageActionPinMessage' } }),
    posted(102, post(11, 'one')),
  );
  await gateway.notified('channels.message', 1);
  gateway.telegram.push(posted(102, post(11, 'one')), { _: 'updateNewChannelMessage', message: elsewhere, pts: 3, ptsCount: 1 });
  gateway.telegram.push(posted(103, post(12, 'two')));

  assert.deepEqual((await gateway.notified('channels.message', 2)).map((each) => each.text), ['one', 'two']);
});

test('a gap is repaired and told, so that the history is asked', async () => {
  await gateway.follow();
  gateway.telegram.answers['updates.getChannelDifference'] = () => ({
    _: 'updates.channelDifference', final: true, pts: 121, timeout: 30, newMessages: [post(12, 'missed'), post(13, 'also missed')], otherUpdates: [], chats: [channel()], users: [],
  });

  // It stands at 100; what comes begins at 120.
  gateway.telegram.push(posted(121, post(14, 'after the gap')));

  assert.deepEqual(await gateway.notified('channels.gap', 1), [{ channel: MARKED, reason: 'gap' }]);
  assert.deepEqual((await gateway.notified('channels.message', 2)).map((each) => each.text), ['missed', 'also missed']);
});

test('a gap that is too long is told', async () => {
  await gateway.follow();
  gateway.telegram.answers['updates.getChannelDifference'] = () => ({
    _: 'updates.channelDifferenceTooLong', final: true, timeout: 30, dialog: dialog(5_000), messages: [post(900, 'the latest')], chats: [channel()], users: [],
  });

  gateway.telegram.push({ _: 'updateChannelTooLong', channelId: CHANNEL, pts: 5_000 });

  assert.deepEqual(await gateway.notified('channels.gap', 1), [{ channel: MARKED, reason: 'tooLong' }]);
});

test('a gap that cannot be repaired is told', async () => {
  await gateway.follow();
  gateway.telegram.answers['updates.getChannelDifference'] = () => failure(400, 'PERSISTENT_TIMESTAMP_INVALID');

  gateway.telegram.push({ _: 'updateChannelTooLong', channelId: CHANNEL, pts: 5_000 });

  assert.deepEqual(await gateway.notified('channels.gap', 1), [{ channel: MARKED, reason: 'failed' }]);
});

test('too long a gap of the whole account concerns every channel', async () => {
  await gateway.follow();
  gateway.telegram.answers['updates.getDifference'] = () => ({ _: 'updates.differenceTooLong', pts: 9_000 });

  gateway.telegram.client.mt.onUpdate.emit({ _: 'updatesTooLong' });

  assert.deepEqual(await gateway.notified('channels.gap', 1), [{ channel: null, reason: 'tooLong' }]);
});

test('a connection that comes back counts as a gap of every channel', async () => {
  await gateway.follow();

  gateway.telegram.client.onConnectionState.emit('connected');
  gateway.telegram.client.onConnectionState.emit('offline');
  gateway.telegram.client.onConnectionState.emit('connected');

  assert.deepEqual(await gateway.notified('channels.gap', 1), [{ channel: null, reason: 'reconnected' }]);
  assert.deepEqual(gateway.of('channels.connection').map((each) => each.state), ['connected', 'offline', 'connected']);
});

test('after unsubscribing nothing of the channel is told', async () => {
  await gateway.follow();
  assert.deepEqual(await gateway.call('channels.unsubscribe', { channel: MARKED }), { wasSubscribed: true });
  assert.deepEqual(await gateway.call('channels.unsubscribe', { channel: MARKED }), { wasSubscribed: false });

  gateway.telegram.push(posted(101, post(11, 'not for us')));
  await gateway.call('channels.subscribe', { reference: '@goodsignals' });
  gateway.telegram.push(posted(102, post(12, 'for us')));

  assert.deepEqual((await gateway.notified('channels.message', 1)).map((each) => each.text), ['for us']);
});
