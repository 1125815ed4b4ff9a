// A bot on Botkit and its adapter, botbuilder-adapter-facebook, that answers first and hands over on "human".
// It reads the App ID of the live chat from Facebook.HandoverAppId in appsettings.json, once, when it starts.
const fs = require('node:fs');
const { Botkit } = require('botkit');
const { FacebookAdapter, FacebookEventTypeMiddleware } = require('botbuilder-adapter-facebook');

const settings = JSON.parse(fs.readFileSync('appsettings.json', 'utf8')).Facebook;
const liveChat = settings.HandoverAppId;

const adapter = new FacebookAdapter({
  api_host: settings.GraphHost, // the stand-in, over https; without it the adapter calls graph.facebook.com
  access_token: settings.AccessToken,
  app_secret: settings.AppSecret,
  verify_token: settings.VerifyToken,
});
adapter.use(new FacebookEventTypeMiddleware()); // gives what another app has to answer a type of its own: "standby"

// The adapter fails on an entry without `messaging`, as Facebook sends it while another app has the conversation.
function withMessaging(request, response, next) {
  for (const entry of request.body.entry || []) entry.messaging = entry.messaging || [];
  next();
}

const controller = new Botkit({
  adapter,
  webhook_uri: '/webhook',
  webserver_middlewares: [withMessaging],
  disable_console: true,
});

controller.hears(/\bhuman\b/i, 'message', async (bot, message) => {
  await bot.reply(message, 'One moment, I am getting a person for you.');
  try {
    await bot.api.callAPI('/me/pass_thread_control', 'POST', {
      recipient: { id: message.user },
      target_app_id: liveChat,
      metadata: 'The customer asks for a person.',
    });
    console.log(`handed over to ${liveChat}`);
  } catch (error) {
    console.error(`not handed over to ${liveChat}: ${error}`);
    await bot.reply(message, 'I am sorry, nobody can be reached now.');
  }
});

controller.on('message', async (bot, message) => {
  await bot.reply(message, 'Hello, I am a bot on Botkit. Write “human” to talk to a person.');
});

// Botkit throws on what the adapter refuses, such as a wrong signature, and Node would end the bot.
process.on('unhandledRejection', (error) => console.error(`refused: ${error.message}`));

controller.ready(() => console.log('the bot is ready'));
