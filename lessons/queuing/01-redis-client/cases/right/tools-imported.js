import '@babel/register';
import 'regenerator-runtime/runtime';
import nodemon from 'nodemon';
import { transform } from '@babel/core';
import { describe } from 'mocha';
import chaiHttp from 'chai-http';
import request from 'request';
import sinon from 'sinon';
import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});
