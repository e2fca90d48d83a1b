// Logs in with mysql2 as described by the JSON on standard input. Prints rows and errors in the form of the mariadb client.
const { readFileSync } = require('node:fs');
const mysql = require('mysql2/promise');

const drop = (_, value) => value ?? undefined;
const { connect, statements, connections, changeTo } = JSON.parse(readFileSync(0, 'utf8'), drop);

async function ask(connection) {
  for (const sql of statements) {
    const [rows] = await connection.query({ sql, rowsAsArray: true });
    for (const row of rows)
      console.log(row.join('\t'));
  }
}

async function logIn() {
  const connection = await mysql.createConnection(connect);
  await ask(connection);
  for (const user of changeTo) {
    await connection.changeUser({ user });
    await ask(connection);
  }
  await connection.end();
}

async function main() {
  for (let i = 0; i < connections; i++)
    await logIn();
}

main().catch(error => {
  console.log(`ERROR ${error.errno ?? error.code} (${error.sqlState ?? 'HY000'}): ${error.sqlMessage ?? error.message}`);
  process.exitCode = 1;
});
