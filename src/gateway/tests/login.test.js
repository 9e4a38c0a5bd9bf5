import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { API_HASH, TestGateway, sessionText } from './gateway.js';
import { failure, self } from './telegram.js';

/** @type {TestGateway} */
let gateway;

beforeEach(async () => {
  gateway = new TestGateway();
  gateway.telegram.answers['auth.sendCode'] = () => ({ _: 'auth.sentCode', type: { _: 'auth.sentCodeTypeApp', length: 5 }, phoneCodeHash: 'hash-of-the-code' });
  gateway.telegram.answers['auth.signIn'] = () => ({ _: 'auth.authorization', user: self });
});
afterEach(() => gateway.end());

async function startWithoutSession() {
  const answer = await gateway.call('channels.start', { apiId: 1, apiHash: API_HASH, session: null });
  // What the key exchange with Telegram leaves behind.
  await gateway.telegram.client.mt.storage.provider.authKeys.set(2, new Uint8Array(256).fill(9));
  return answer;
}

test('phone, code: logged in, with a session that can be used again', async () => {
  assert.equal((await startWithoutSession()).state, 'loginNeeded');

  assert.deepEqual(await gateway.call('channels.login.phone', { phone: '+49 170 1234567' }), { state: 'codeSent', by: 'app', length: 5 });
  const done = await gateway.call('channels.login.code', { code: '1 2-345' });

  assert.deepEqual([done.state, done.account], ['done', { id: 42, name: 'Ada' }]);
  const signIn = /** @type {any} */ (gateway.telegram.requests.find((request) => request._ === 'auth.signIn'));
  assert.deepEqual([signIn.phoneNumber, signIn.phoneCode, signIn.phoneCodeHash], ['491701234567', '12345', 'hash-of-the-code']);
  assert.equal((await gateway.call('channels.resolve', { reference: '@goodsignals' })).title, 'Good Signals');
  assert.deepEqual(await gateway.call('channels.start', { apiId: 1, apiHash: API_HASH, session: done.session }), { state: 'ready', account: { id: 42, name: 'Ada' } });
});

test('a second factor is asked for with its hint', async () => {
  await startWithoutSession();
  gateway.telegram.answers['auth.signIn'] = () => failure(401, 'SESSION_PASSWORD_NEEDED');
  gateway.telegram.answers['account.getPassword'] = () => ({
    _: 'account.password', hasPassword: true, hint: 'the cat', newAlgo: { _: 'passwordKdfAlgoUnknown' }, newSecureAlgo: { _: 'securePasswordKdfAlgoUnknown' }, secureRandom: new Uint8Array(8),
    currentAlgo: {
      _: 'passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow', salt1: new Uint8Array(8).fill(1), salt2: new Uint8Array(8).fill(2), g: 3, p: new Uint8Array(256).fill(0xfb),
    },
    srpB: new Uint8Array(256).fill(3), srpId: { low: 1, high: 0, unsigned: false },
  });
  gateway.telegram.answers['auth.checkPassword'] = () => failure(400, 'PASSWORD_HASH_INVALID');

  await gateway.call('channels.login.phone', { phone: '+491701234567' });
  assert.deepEqual(await gateway.call('channels.login.code', { code: '12345' }), { state: 'passwordNeeded', hint: 'the cat' });
  assert.deepEqual(await gateway.call('channels.login.password', { password: 'wrong one' }), { state: 'refused', reason: 'The password is wrong.', next: 'password' });
  gateway.telegram.answers['auth.checkPassword'] = () => ({ _: 'auth.authorization', user: self });
  assert.equal((await gateway.call('channels.login.password', { password: ' right one ' })).state, 'done');
});

for (const [step, telegramError, next] of /** @type {const} */ ([
  ['auth.sendCode', 'PHONE_NUMBER_INVALID', 'phone'],
  ['auth.sendCode', 'API_ID_INVALID', 'nothing'],
  ['auth.signIn', 'PHONE_CODE_INVALID', 'code'],
  ['auth.signIn', 'PHONE_CODE_EXPIRED', 'phone'],
  ['auth.signIn', 'SOMETHING_NEW', 'nothing'],
])) {
  test(`${telegramError} is an answer that says where to go on: ${next}`, async () => {
    await startWithoutSession();
    gateway.telegram.answers[step] = () => failure(400, telegramError);

    const sent = await gateway.call('channels.login.phone', { phone: '+491701234567' });
    const answer = step === 'auth.sendCode' ? sent : await gateway.call('channels.login.code', { code: '12345' });

    assert.deepEqual([answer.state, answer.next], ['refused', next]);
    assert.ok(answer.reason.length > 10);
  });
}

test('a wait that Telegram asks for is told, and the method is not called again before its end', async () => {
  await startWithoutSession();
  gateway.telegram.answers['auth.sendCode'] = () => failure(420, 'FLOOD_WAIT_300');

  const first = await gateway.call('channels.login.phone', { phone: '+491701234567' });
  const second = await gateway.call('channels.login.phone', { phone: '+491701234567' });

  assert.deepEqual([first.state, first.seconds, second.state], ['refused', 300, 'refused']);
  assert.equal(gateway.telegram.count('auth.sendCode'), 1);
  assert.deepEqual(gateway.of('channels.floodWait'), [{ method: 'auth.sendCode', seconds: 300 }]);
});

test('a session that Telegram ended needs a new login', async () => {
  gateway.telegram.answers['users.getUsers'] = () => failure(401, 'SESSION_REVOKED');

  const answer = await gateway.start();

  assert.equal(answer.state, 'loginNeeded');
  assert.match(answer.reason, /SESSION_REVOKED/);
  assert.deepEqual(gateway.of('channels.loggedOut'), [{ reason: 'SESSION_REVOKED' }]);
  assert.equal((await gateway.call('channels.resolve', { reference: '@goodsignals' })).data.kind, 'loginNeeded');
});

test('a session that cannot be read needs a new login', async () => {
  assert.equal((await gateway.call('channels.start', { apiId: 1, apiHash: API_HASH, session: 'not-a-session' })).state, 'loginNeeded');
});

test('steps out of order are refused', async () => {
  assert.equal((await gateway.call('channels.login.code', { code: '1' })).data.kind, 'notStarted');
  await startWithoutSession();
  assert.equal((await gateway.call('channels.login.code', { code: '1' })).data.kind, 'parameters');
  assert.equal((await gateway.call('channels.login.password', { password: 'x' })).data.kind, 'parameters');
  assert.equal((await gateway.call('channels.login.phone', {})).data.kind, 'parameters');
});

test('no secret reaches the log', async () => {
  const session = await sessionText();
  gateway.log.hide(session);
  await startWithoutSession();
  await gateway.call('channels.login.phone', { phone: '+491701234567' });
  gateway.telegram.answers['auth.signIn'] = () => {
    throw new Error(`trouble with ${session}, +491701234567, 12345, ${API_HASH}`);
  };

  const answer = await gateway.call('channels.login.code', { code: '12345' });

  assert.match(gateway.logged.join('\n'), /trouble with \*\*\*, \*\*\*, \*\*\*, \*\*\*/);
  for (const secret of [session, '491701234567', '12345', API_HASH]) {
    assert.ok(!gateway.logged.join('\n').includes(secret));
    assert.ok(!JSON.stringify(answer).includes(secret));
  }
});
