const { createClient } = require('@async-chatbot/sdk');

const [, , baseUrl] = process.argv;
createClient({ baseUrl })
  .health.get()
  .then((health) => console.log(JSON.stringify(health)));
