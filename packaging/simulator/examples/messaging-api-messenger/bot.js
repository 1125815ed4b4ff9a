// A bot without a framework, on messaging-api-messenger, that answers first and hands over on "human".
// It reads the App ID of the live chat from LIVE_CHAT_APP_ID in .env, once, when it starts.
const crypto = require('node:crypto');
const http = require('node:http');
const { MessengerClient } = require('messaging-api-messenger');

process.loadEnvFile('.env');
const { LIVE_CHAT_APP_ID: liveChat, MESSENGER_APP_SECRET: secret, MESSENGER_VERIFY_TOKEN: verifyToken } = process.env;

const client = new MessengerClient({
  origin: process.env.MESSENGER_GRAPH_URL, // the stand-in; without it the package calls graph.facebook.com
  accessToken: process.env.MESSENGER_ACCESS_TOKEN,
  appSecret: secret,
});

function isFromFacebook(body, signature = '') {
  const own = `sha256=${crypto.createHmac('sha256', secret).update(body).digest('hex')}`;
  return own.length === signature.length && crypto.timingSafeEqual(Buffer.from(own), Buffer.from(signature));
}

async function handOver(person) {
  await client.sendText(person, 'One moment, I am getting a person for you.');
  try {
    await client.passThreadControl(person, liveChat, 'The customer asks for a person.');
    console.log(`handed over to ${liveChat}`);
  } catch (error) {
    console.error(`not handed over to ${liveChat}: ${error.message}`);
    await client.sendText(person, 'I am sorry, nobody can be reached now.');
  }
}

async function answer({ sender, message }) {
  if (!message || !message.text || message.is_echo) return;
  if (/\bhuman\b/i.test(message.text)) await handOver(sender.id);
  else await client.sendText(sender.id, 'Hello, I am a plain bot. Write “human” to talk to a person.');
}

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

http
  .createServer(async (request, response) => {
    const { searchParams } = new URL(request.url, 'http://bot');
    if (request.method === 'GET') {
      const isOurs = searchParams.get('hub.verify_token') === verifyToken;
      response.writeHead(isOurs ? 200 : 403).end(isOurs ? searchParams.get('hub.challenge') : '');
      return;
    }
    const body = await read(request);
    if (!isFromFacebook(body, request.headers['x-hub-signature-256'])) {
      response.writeHead(403).end();
      return;
    }
    response.writeHead(200).end(); // before the work: Facebook sends again what is not answered soon
    // What stands under `standby` is heard while another app has the conversation: nothing is to be said.
    for (const entry of JSON.parse(body).entry) {
      for (const event of entry.messaging || []) await answer(event).catch((error) => console.error(error.message));
    }
  })
  .listen(process.env.PORT || 5000, '127.0.0.1', () => console.log('the bot is ready'));
