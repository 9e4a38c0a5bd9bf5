/**
 * One version of one post, or its deletion, as it goes to the program.
 *
 * @typedef {object} ChannelPost
 * @property {'posted' | 'edited' | 'deleted'} change
 * @property {string} channel the marked id, for example -1001234567890
 * @property {number} messageId
 * @property {number | null} postedAt Unix milliseconds; null for a deletion, which does not tell
 * @property {number | null} editedAt Unix milliseconds of the latest edit
 * @property {string} text verbatim, empty for a deletion
 * @property {number | null} replyTo a message of the same channel
 * @property {boolean} hasMedia
 */

/**
 * @param {import('@mtcute/node').Message} message not a service message
 * @returns {ChannelPost}
 */
export function toPost(message) {
  const raw = /** @type {import('@mtcute/node').tl.RawMessage} */ (message.raw);
  // Telegram marks an edit of buttons or reactions as hidden; the date counts all the same, and whoever compares texts sees whether it matters.
  const editedAt = raw.editDate ? raw.editDate * 1000 : null;
  return {
    change: editedAt === null ? 'posted' : 'edited',
    channel: String(message.chat.id),
    messageId: message.id,
    postedAt: raw.date * 1000,
    editedAt,
    text: raw.message,
    replyTo: replyOf(raw),
    hasMedia: hasMedia(raw),
  };
}

/**
 * @param {string} channel
 * @param {number} messageId
 * @returns {ChannelPost}
 */
export function toDeletion(channel, messageId) {
  return { change: 'deleted', channel, messageId, postedAt: null, editedAt: null, text: '', replyTo: null, hasMedia: false };
}

/** @param {import('@mtcute/node').tl.RawMessage} raw */
function replyOf(raw) {
  const header = raw.replyTo;
  if (header?._ !== 'messageReplyHeader' || header.replyToMsgId === undefined) return null;
  // A quotation from elsewhere is no reply within this channel.
  return header.replyToPeerId === undefined ? header.replyToMsgId : null;
}

/** @param {import('@mtcute/node').tl.RawMessage} raw A preview of a link is not media: the post is its text. */
function hasMedia(raw) {
  return raw.media !== undefined && raw.media._ !== 'messageMediaEmpty' && raw.media._ !== 'messageMediaWebPage';
}
