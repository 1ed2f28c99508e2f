import redis from 'redis';
import { promisify } from 'util'

const client = redis.createClient()

client.on('connect', () => console.log('Redis client connected to the server'))
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error}`))

function setNewSchool(schoolName, value) {
  client.set(schoolName, value, redis.print)
}

const show = promisify((schoolName, done) => {
  client.get(schoolName, (error, value) => {
    console.log(value)
    done(error)
  })
})

const displaySchoolValue = async (schoolName) => {
  await show(schoolName)
}

displaySchoolValue('Holberton')
setNewSchool('HolbertonSanFrancisco', '100')
displaySchoolValue('HolbertonSanFrancisco')
