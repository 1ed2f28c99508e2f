import redis from 'redis';

const client = redis.createClient();

function sendNotification(phoneNumber, message) {
  console.log(`Sending notification to ${phoneNumber}, with message: ${message}`);
}

function next() {
  client.blpop('push_notification_code', 0, (err, item) => {
    if (err) return;
    const { phoneNumber, message } = JSON.parse(item[1]);
    sendNotification(phoneNumber, message);
    next();
  });
}

next();
