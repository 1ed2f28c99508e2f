import { embeddedRedis } from './source';
async function main() {
  const r = await embeddedRedis().open({ port: Number(process.argv[2] ?? 7001) });
  console.log(r.address);
}
main();
