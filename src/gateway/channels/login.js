import { SentCode, tl } from '@mtcute/node';
import { Refusal } from '../rpc/refusal.js';
import { floodSecondsOf } from './errors.js';

/**
 * @typedef {object} CodeSent
 * @property {'codeSent'} state
 * @property {string} by how the code comes: app, sms, call, …
 * @property {number | null} length of the code
 *
 * @typedef {{ state: 'passwordNeeded', hint: string | null }} PasswordNeeded
 * @typedef {{ state: 'done', session: string, account: { id: number, name: string } }} Done
 * @typedef {{ state: 'refused', reason: string, next: 'phone' | 'code' | 'password' | 'nothing', seconds?: number }} Refused what to give next, or 'nothing' when trying again is no use now
 */

/** What Telegram says when it refuses, what that means, and where to go on. */
const REASONS = /** @type {Record<string, [string, 'phone' | 'code' | 'password' | 'nothing']>} */ ({
  PHONE_NUMBER_INVALID: ['This is not a phone number that Telegram knows. Write it with its country code, for example +491701234567.', 'phone'],
  PHONE_NUMBER_UNOCCUPIED: ['No Telegram account has this phone number.', 'phone'],
  PHONE_NUMBER_BANNED: ['Telegram banned this phone number.', 'nothing'],
  PHONE_NUMBER_FLOOD: ['Too many codes were asked for with this phone number. Try again tomorrow.', 'nothing'],
  PHONE_PASSWORD_FLOOD: ['Too many logins were tried. Try again tomorrow.', 'nothing'],
  PHONE_CODE_INVALID: ['The code is wrong.', 'code'],
  PHONE_CODE_EMPTY: ['The code is empty.', 'code'],
  PHONE_CODE_EXPIRED: ['The code is no longer valid. (Telegram also ends a code that was sent in a chat.) Ask for a new one.', 'phone'],
  PASSWORD_HASH_INVALID: ['The password is wrong.', 'password'],
  SRP_PASSWORD_CHANGED: ['The password was changed meanwhile.', 'password'],
  API_ID_INVALID: ['The API id and hash do not belong together. See my.telegram.org.', 'nothing'],
  API_ID_PUBLISHED_FLOOD: ['This API id may not be used. Make one of your own at my.telegram.org.', 'nothing'],
  AUTH_RESTART: ['Telegram asks to begin again.', 'phone'],
});

/** The way from a phone number to a session: each step is a call of its own. */
export class Login {
  /**
   * @param {import('@mtcute/node').TelegramClient} client
   * @param {import('../log.js').Log} log
   * @param {() => void} onDone
   */
  constructor(client, log, onDone) {
    this.client = client;
    this.log = log;
    this.onDone = onDone;
    /** @type {{ phone: string, phoneCodeHash: string } | null} */
    this.sent = null;
    this.isPasswordNeeded = false;
  }

  /**
   * @param {string} phone
   * @returns {Promise<CodeSent | Done | Refused>}
   */
  async phone(phone) {
    this.log.hide(phone);
    return await answered(async () => {
      const sent = await this.client.sendCode({ phone });
      if (!(sent instanceof SentCode)) return await this.#done(sent);
      this.sent = { phone, phoneCodeHash: sent.phoneCodeHash };
      this.isPasswordNeeded = false;
      return { state: /** @type {const} */ ('codeSent'), by: sent.type, length: sent.length > 0 ? sent.length : null };
    });
  }

  /**
   * @param {string} code
   * @returns {Promise<PasswordNeeded | Done | Refused>}
   */
  async code(code) {
    this.log.hide(code);
    const sent = this.sent;
    if (sent === null) throw new Refusal('parameters', 'A code is only taken after channels.login.phone.');
    return await answered(async () => {
      try {
        // People write codes with blanks or dashes, also so that Telegram does not take them for leaked.
        return await this.#done(await this.client.signIn({ ...sent, phoneCode: code.replaceAll(/[\s-]/g, '') }));
      } catch (error) {
        if (!(error instanceof tl.RpcError) || error.text !== 'SESSION_PASSWORD_NEEDED') throw error;
        this.isPasswordNeeded = true;
        return { state: /** @type {const} */ ('passwordNeeded'), hint: await this.client.getPasswordHint() };
      }
    });
  }

  /**
   * @param {string} password
   * @returns {Promise<Done | Refused>}
   */
  async password(password) {
    this.log.hide(password);
    if (!this.isPasswordNeeded) throw new Refusal('parameters', 'A password is only taken after channels.login.code asked for it.');
    return await answered(async () => await this.#done(await this.client.checkPassword(password)));
  }

  /**
   * @param {import('@mtcute/node').User} user
   * @returns {Promise<Done>}
   */
  async #done(user) {
    const session = await this.client.exportSession();
    this.log.hide(session);
    this.sent = null;
    this.isPasswordNeeded = false;
    this.onDone();
    return { state: 'done', session, account: { id: user.id, name: user.displayName } };
  }
}

/**
 * A refusal of Telegram is an answer here, because the user goes on from it.
 *
 * @template T
 * @param {() => Promise<T>} step
 * @returns {Promise<T | Refused>}
 */
async function answered(step) {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof tl.RpcError)) throw error;
    const seconds = floodSecondsOf(error);
    if (seconds !== null) return { state: 'refused', reason: `Telegram asks to wait ${seconds} s before the next try.`, next: 'nothing', seconds };
    const [reason, next] = REASONS[error.text] ?? [`Telegram refused: ${error.code} ${error.text}.`, 'nothing'];
    return { state: 'refused', reason, next };
  }
}
