// SPDX-License-Identifier: Apache-2.0
// Runs in a pod beside the driver's sockets: makes the same CSI call once or several times at once and prints the
// answers. Arguments: proto file, socket, service, method, request as JSON, how many.
import { type ServiceError, status } from "@grpc/grpc-js";
import { loadCsi } from "./csi-client.ts";

const [protoFile = "", socket = "", service = "", method = "", request = "{}", times = "1"] =
  process.argv.slice(2);
const ask = loadCsi(protoFile);

async function callOnce(): Promise<object> {
  try {
    const response = await ask(service, socket, method, JSON.parse(request) as object);
    return { code: "OK", message: "", response };
  } catch (thrown) {
    const { code, details } = thrown as Partial<ServiceError>;
    if (code === undefined) throw thrown;
    return { code: status[code], message: details ?? "", response: {} };
  }
}

const answers = await Promise.all(Array.from({ length: Number(times) }, callOnce));
process.stdout.write(`${JSON.stringify(answers)}\n`);
