import redis from 'redis';

const client = redis.createClient();

const data = { phoneNumber: '4153518780', message: 'This is the code to verify your account' };

client.lpush('push_notification_code', JSON.stringify(data), (err, length) => {
  if (err) {
    console.log('Notification job failed');
    return;
  }
  console.log(`Notification job created: ${length}`);
});
