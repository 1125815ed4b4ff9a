// A bot on Bottender that answers first and hands over on "human".
// It reads the App ID of the live chat from HANDOVER_TARGET_APP_ID in .env, once, when it starts.
const { messenger, router, text } = require('bottender/router');

const liveChat = process.env.HANDOVER_TARGET_APP_ID;

async function StaySilent() {
  // Another app has the conversation, or it is what this bot itself said.
}

async function HandOver(context) {
  await context.sendText('One moment, I am getting a person for you.');
  try {
    await context.passThreadControl(liveChat, 'The customer asks for a person.');
    console.log(`handed over to ${liveChat}`);
  } catch (error) {
    console.error(`not handed over to ${liveChat}: ${error.message}`);
    await context.sendText('I am sorry, nobody can be reached now.');
  }
}

async function Greet(context) {
  await context.sendText('Hello, I am a bot on Bottender. Write “human” to talk to a person.');
}

module.exports = async function App() {
  return router([
    messenger.standby(StaySilent),
    messenger.echo(StaySilent),
    text(/\bhuman\b/i, HandOver),
    text('*', Greet),
  ]);
};
