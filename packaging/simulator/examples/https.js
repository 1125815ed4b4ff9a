// Https before the stand-in, for a package that knows nothing else: node https.js GRAPH_URL CERTIFICATE KEY [PORT]
// It prints the host to call. The caller trusts the certificate through NODE_EXTRA_CA_CERTS.
const fs = require('node:fs');
const http = require('node:http');
const https = require('node:https');

const [, , graphUrl, certificate, key, port = '0'] = process.argv;
const graph = new URL(graphUrl);

const server = https.createServer({ cert: fs.readFileSync(certificate), key: fs.readFileSync(key) }, (asked, answer) => {
  const headers = { ...asked.headers, host: graph.host };
  const call = http.request(graph.origin + graph.pathname + asked.url, { method: asked.method, headers }, (reply) => {
    answer.writeHead(reply.statusCode, reply.headers);
    reply.pipe(answer);
  });
  call.on('error', () => answer.destroy());
  asked.pipe(call);
});
server.listen(Number(port), '127.0.0.1', () => console.log(`localhost:${server.address().port}`));
