import redis from 'redis';
import fs from 'fs';
const x: number = 1;
export default function f(a: string) { return a; }
console.log(typeof redis.createClient, x);
