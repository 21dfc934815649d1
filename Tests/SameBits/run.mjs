// Runs the WebAssembly module and prints every value's bits, as Native.swift does.
import { readFileSync } from "node:fs";

const lines = [];
const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {
    env: {
        // Why the module stopped, if it does.
        putchar(byte) {
            process.stderr.write(String.fromCharCode(byte));
            return byte;
        },
        report(name, nameCount, values, count) {
            const { buffer } = instance.exports.memory;
            const title = new TextDecoder().decode(new Uint8Array(buffer, name, nameCount));
            const view = new DataView(buffer);
            for (let index = 0; index < count; index++) {
                const bits = view.getBigUint64(values + 8 * index, true);
                lines.push(`${title}[${index}] ${bits.toString(16).padStart(16, "0")}\n`);
            }
        },
    },
});
instance.exports.run();
process.stdout.write(lines.join(""));
