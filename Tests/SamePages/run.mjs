// Runs the WebAssembly module and prints each exhibit as a line of JSON: its name and its markup.
import { readFileSync } from "node:fs";

const decoder = new TextDecoder("utf-8", { fatal: true });
const lines = [];
const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {
    env: {
        // Why the module stopped, if it does.
        putchar(byte) {
            process.stderr.write(String.fromCharCode(byte));
            return byte;
        },
        report(...ranges) {
            const { buffer } = instance.exports.memory;
            const text = (start, count) => decoder.decode(new Uint8Array(buffer, start, count));
            lines.push(JSON.stringify({ name: text(ranges[0], ranges[1]), markup: text(ranges[2], ranges[3]) }) + "\n");
        },
    },
});
instance.exports.run();
process.stdout.write(lines.join(""));
