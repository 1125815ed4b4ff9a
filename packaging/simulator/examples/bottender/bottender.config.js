require('dotenv').config({ quiet: true });

module.exports = {
  session: { driver: 'memory' },
  channels: {
    messenger: {
      enabled: true,
      path: '/webhook',
      origin: process.env.MESSENGER_GRAPH_URL, // the stand-in; without it Bottender calls graph.facebook.com
      pageId: process.env.MESSENGER_PAGE_ID,
      accessToken: process.env.MESSENGER_ACCESS_TOKEN,
      appId: process.env.MESSENGER_APP_ID,
      appSecret: process.env.MESSENGER_APP_SECRET,
      verifyToken: process.env.MESSENGER_VERIFY_TOKEN,
    },
  },
};
