import { Chat, getMarkedPeerId, parseMarkedPeerId } from '@mtcute/node';
import { Refusal } from '../rpc/refusal.js';
import { translated } from './errors.js';
import { toDeletion, toPost } from './messages.js';
import { readReference } from './references.js';

const DIALOGS_ARE_FRESH_MILLISECONDS = 60_000;

/**
 * @typedef {object} ChannelInfo
 * @property {string} channel the marked id
 * @property {string} title
 * @property {string | null} username
 * @property {'channel' | 'group'} kind
 * @property {boolean} isMember
 */

/** The channels that are listened to, and what can be asked about channels. */
export class Following {
  /**
   * @param {import('@mtcute/node').TelegramClient} client
   * @param {(post: import('./messages.js').ChannelPost) => void} onPost
   */
  constructor(client, onPost) {
    this.client = client;
    this.onPost = onPost;
    /** @type {Map<number, { isOpen: boolean }>} by marked id */
    this.followed = new Map();
    this.dialogsReadAt = -Infinity;
    client.onNewMessage.add((message) => this.#take(message));
    client.onEditMessage.add((message) => this.#take(message));
    client.onDeleteMessage.add((update) => this.#takeDeletion(update));
  }

  /**
   * @param {number} bareId
   * @returns {string | null} the marked id when the channel is followed
   */
  followedChannel(bareId) {
    const marked = getMarkedPeerId(bareId, 'channel');
    return this.followed.has(marked) ? String(marked) : null;
  }

  /**
   * @param {string} reference
   * @returns {Promise<ChannelInfo>}
   */
  async resolve(reference) {
    return await translated(async () => toInfo(await this.#chat(reference)));
  }

  /**
   * Listens to the channel. With `expected` the channel must still be that one: a name can change hands.
   *
   * @param {string} reference
   * @param {string | null} expected a marked id
   * @returns {Promise<ChannelInfo>}
   */
  async subscribe(reference, expected) {
    return await translated(async () => {
      const chat = await this.#expectedChat(reference, expected);
      if (!this.followed.has(chat.id)) {
        const isOpen = parseMarkedPeerId(chat.id)[0] === 'channel';
        this.followed.set(chat.id, { isOpen });
        // Opened, the client knows where the channel stands, so that it sees a gap. One that the account has not joined sends nothing by itself;
        // as long as it is open the client asks for it.
        if (isOpen) await this.#open(chat);
      }
      return toInfo(chat);
    });
  }

  /** @param {string} channel a marked id */
  async unsubscribe(channel) {
    const marked = Number(channel);
    const followed = this.followed.get(marked);
    this.followed.delete(marked);
    if (followed?.isOpen) await translated(() => this.client.closeChat(marked));
    return { wasSubscribed: followed !== undefined };
  }

  /**
   * Messages after one, oldest first; without one the latest. `isComplete` says that there are none beyond.
   *
   * @param {string} channel a marked id, or a reference
   * @param {number | null} afterId
   * @param {number} limit
   * @returns {Promise<{ posts: import('./messages.js').ChannelPost[], lastId: number | null, isComplete: boolean }>} `lastId` counts messages that are no posts too
   */
  async history(channel, afterId, limit) {
    return await translated(async () => {
      const peer = await this.#peer(channel);
      const page = afterId === null
        ? [...(await this.client.getHistory(peer, { limit }))].reverse()
        : await this.client.getHistory(peer, { reverse: true, offset: { id: afterId + 1, date: 0 }, limit });
      const messages = page.filter((message) => afterId === null || message.id > afterId).sort((one, other) => one.id - other.id);
      return {
        posts: messages.filter((message) => !message.isService).map(toPost),
        lastId: messages.at(-1)?.id ?? null,
        isComplete: afterId === null || page.length < limit,
      };
    });
  }

  /**
   * How messages stand now; one that is gone comes back as a deletion.
   *
   * @param {string} channel a marked id, or a reference
   * @param {number[]} ids
   */
  async messages(channel, ids) {
    return await translated(async () => {
      const peer = await this.#peer(channel);
      const marked = String(getMarkedPeerId(peer));
      const found = await this.client.getMessages(peer, ids);
      const byId = new Map(found.filter((message) => message !== null).map((message) => [message.id, message]));
      return {
        posts: ids.flatMap((id) => {
          const message = byId.get(id);
          if (message === undefined) return [toDeletion(marked, id)];
          return message.isService ? [] : [toPost(message)];
        }),
      };
    });
  }

  /** @param {import('@mtcute/node').Message} message */
  #take(message) {
    if (this.followed.has(message.chat.id) && !message.isService) this.onPost(toPost(message));
  }

  /** @param {import('@mtcute/node').DeleteMessageUpdate} update */
  #takeDeletion(update) {
    // Without a channel it is a private chat or a small group, whose ids are counted together; those are found by the next look at the history.
    if (update.channelId === null || !this.followed.has(update.channelId)) return;
    for (const id of update.messageIds) this.onPost(toDeletion(String(update.channelId), id));
  }

  /** @param {Chat} chat */
  async #open(chat) {
    await this.client.openChat(chat.inputPeer);
    // A channel that the account has joined is pushed; asking for it again and again would only cost Telegram's patience.
    if (chat.isMember) await this.client.closeChat(chat.inputPeer);
  }

  /**
   * @param {string} reference
   * @param {string | null} expected
   */
  async #expectedChat(reference, expected) {
    if (expected === null) return await this.#chat(reference);
    try {
      return await this.#chat(expected);
    } catch (error) {
      if (reference === expected) throw error;
    }
    const chat = await this.#chat(reference);
    if (String(chat.id) !== expected) {
      throw new Refusal('differentChannel', `'${reference}' is now another channel (${chat.id}, '${chat.title}') than the one that was followed (${expected}).`);
    }
    return chat;
  }

  /**
   * @param {string} reference
   * @returns {Promise<Chat>}
   */
  async #chat(reference) {
    const read = readReference(reference);
    switch (read.kind) {
      case 'name':
        return await this.client.getChat(read.name);
      case 'id':
        return await this.client.getChat(await this.#knownPeer(read.id));
      case 'invite':
        return await this.#invited(read.link);
      default:
        throw new Error(`'${/** @type {{ kind: string }} */ (read).kind}' is no kind of reference.`);
    }
  }

  /**
   * @param {string} link
   * @returns {Promise<Chat>}
   */
  async #invited(link) {
    const hash = link.slice(link.lastIndexOf('+') + 1);
    const answer = await this.client.call({ _: 'messages.checkChatInvite', hash });
    if (answer._ === 'chatInvite') {
      throw new Refusal('notMember', `The account has not joined '${answer.title}'. Open the invite link in Telegram, join, and try again.`);
    }
    return new Chat(answer.chat);
  }

  /** @param {string} channel */
  async #peer(channel) {
    const read = readReference(channel);
    return read.kind === 'id' ? await this.#knownPeer(read.id) : (await this.#chat(channel)).inputPeer;
  }

  /**
   * A number alone is not enough for Telegram: it wants a key that comes with the list of chats. That list is read when a number is not known, but not for
   * every wrong number again.
   *
   * @param {number} marked
   */
  async #knownPeer(marked) {
    try {
      return await this.client.resolvePeer(marked);
    } catch (error) {
      if (performance.now() - this.dialogsReadAt < DIALOGS_ARE_FRESH_MILLISECONDS) throw error;
    }
    for await (const dialog of this.client.iterDialogs({ archived: 'keep' })) {
      if (dialog.peer.id === marked) return await this.client.resolvePeer(marked);
    }
    this.dialogsReadAt = performance.now();
    return await this.client.resolvePeer(marked);
  }
}

/**
 * @param {Chat} chat
 * @returns {ChannelInfo}
 */
function toInfo(chat) {
  return {
    channel: String(chat.id),
    title: chat.title,
    username: chat.username,
    kind: chat.chatType === 'channel' ? 'channel' : 'group',
    isMember: chat.isMember,
  };
}
