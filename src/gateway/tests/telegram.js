import { Long } from '@mtcute/node';
import { TlBinaryReader, TlBinaryWriter } from '@mtcute/node/utils.js';
import { makeClient } from '../channels/client.js';

/** A channel's bare id, its marked id as text, and what Telegram says about it. */
export const CHANNEL = 1_234_567_890;
export const MARKED = '-1001234567890';
export const NOW = 1_790_000_000;

/** @param {object} [more] */
export function channel(more = {}) {
  return {
    _: 'channel', id: CHANNEL, accessHash: long(77), title: 'Good Signals', username: 'goodsignals', broadcast: true, photo: { _: 'chatPhotoEmpty' }, date: NOW - 9_999, ...more,
  };
}

/** @param {number} id @param {string} text @param {object} [more] */
export function post(id, text, more = {}) {
  return { _: 'message', id, peerId: { _: 'peerChannel', channelId: CHANNEL }, date: NOW + id, message: text, post: true, ...more };
}

/** @param {number} pts */
export function dialog(pts) {
  return {
    _: 'dialog', peer: { _: 'peerChannel', channelId: CHANNEL }, topMessage: 1, readInboxMaxId: 0, readOutboxMaxId: 0, unreadCount: 0, unreadMentionsCount: 0,
    unreadReactionsCount: 0, unreadPollVotesCount: 0, notifySettings: { _: 'peerNotifySettings' }, pts,
  };
}

export const state = { _: 'updates.state', pts: 1, qts: 1, date: NOW, seq: 0, unreadCount: 0 };
export const self = { _: 'user', id: 42, accessHash: long(5), firstName: 'Ada', self: true };

/** @param {number} value */
export function long(value) {
  return Long.fromNumber(value);
}

/**
 * The other side of the wire: real client, real binary encoding of what goes out and what comes in, but no network. What is asked without an answer here fails the call.
 */
export class FakeTelegram {
  constructor() {
    /** @type {Record<string, (request: any) => object>} */
    this.answers = {
      'updates.getState': () => state,
      'updates.getDifference': () => ({ _: 'updates.differenceEmpty', date: NOW, seq: 0 }),
      'updates.getChannelDifference': (request) => ({ _: 'updates.channelDifferenceEmpty', final: true, pts: request.pts, timeout: 30 }),
      'users.getUsers': () => [self],
      'contacts.resolveUsername': () => ({ _: 'contacts.resolvedPeer', peer: { _: 'peerChannel', channelId: CHANNEL }, chats: [channel()], users: [] }),
      'channels.getChannels': () => ({ _: 'messages.chats', chats: [channel()] }),
      'messages.getPeerDialogs': () => ({ _: 'messages.peerDialogs', dialogs: [dialog(100)], messages: [post(1, 'first')], chats: [channel()], users: [], state }),
    };
    /** @type {{ _: string }[]} */
    this.requests = [];
    /** @type {any} */
    this.client = null;
  }

  /** A maker as the gateway has one, whose client talks to this. @type {typeof makeClient} */
  makeClient = (options) => {
    const client = makeClient(options);
    const base = /** @type {any} */ (client)._client;
    this.client = base;
    base.mt.connect = async () => {};
    base.mt.network._call = async (/** @type {{ _: string }} */ request) => {
      this.requests.push(request);
      TlBinaryWriter.serializeObject(base.mt._writerMap, request);
      const answer = this.answers[request._];
      if (answer === undefined) return failure(400, `NOT_SCRIPTED ${request._}`);
      const given = answer(request);
      return Array.isArray(given) ? given.map((each) => this.#throughBytes(each)) : this.#throughBytes(given);
    };
    return client;
  };

  /**
   * Telegram pushes updates of the channel.
   *
   * @param {...object} updates
   */
  push(...updates) {
    this.client.mt.onUpdate.emit(this.#throughBytes({ _: 'updates', updates, users: [], chats: [channel()], date: NOW, seq: 0 }));
  }

  /** @param {string} name */
  count(name) {
    return this.requests.filter((request) => request._ === name).length;
  }

  /** @param {any} given */
  #throughBytes(given) {
    if (given._ === 'mt_rpc_error') return given;
    const bytes = TlBinaryWriter.serializeObject(this.client.mt._writerMap, given);
    return new TlBinaryReader(this.client.mt._readerMap, bytes).object();
  }
}

/** @param {number} errorCode @param {string} errorMessage */
export function failure(errorCode, errorMessage) {
  return { _: 'mt_rpc_error', errorCode, errorMessage };
}
