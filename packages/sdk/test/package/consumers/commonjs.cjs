const sdk = require('@async-chatbot/sdk');

void import('./journey.mjs')
  .then(({ journey }) => journey(sdk, process.argv[2]))
  .then((report) => console.log(JSON.stringify(report)));
