// SPDX-License-Identifier: Apache-2.0

/** The parts of a container that say how it reaches the driver. */
export interface ContainerSpec {
  readonly name: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

/** File of the relay's socket, beside the driver's. */
const relayFile = "seaworthy-relay.sock";
const flag = "--csi-address";

/** Whether a container is a sidecar: it is told where the driver's socket is. */
export function hasDriverSocket({ args = [] }: ContainerSpec): boolean {
  return args.some((argument) => argument === flag || argument.startsWith(`${flag}=`));
}

/** The path a sidecar is told, variables of its environment put in. */
export function socketOf({ args = [], env = [] }: ContainerSpec): string | undefined {
  const at = args.findIndex((argument) => argument === flag || argument.startsWith(`${flag}=`));
  if (at < 0) return undefined;
  const given = args[at] === flag ? args[at + 1] : args[at]?.slice(flag.length + 1);
  const value = given?.replaceAll(
    /\$\((\w+)\)/g,
    (_all, name: string) => env.find((one) => one.name === name)?.value ?? "",
  );
  return value?.replace(/^unix:\/\//, "");
}

/** The same containers, with every sidecar sent to the relay, and the relay itself; undefined without a sidecar. */
export function withRelay<T extends ContainerSpec>(
  containers: readonly T[],
  image: string,
): (T | (ContainerSpec & { readonly image: string; readonly command: readonly string[] }))[] | undefined {
  const sidecar = containers.find(hasDriverSocket);
  const socket = sidecar === undefined ? undefined : socketOf(sidecar);
  if (sidecar === undefined || socket === undefined) return undefined;
  const folder = socket.slice(0, socket.lastIndexOf("/"));
  const listen = `${folder}/${relayFile}`;
  const relay = {
    name: "seaworthy-relay",
    image,
    imagePullPolicy: "IfNotPresent",
    command: ["node", "/opt/seaworthy/relay.mjs", "serve", listen, socket],
    volumeMounts: sidecar.volumeMounts?.filter((mount) => mount.mountPath === folder) ?? [],
  };
  return [...containers.map((container) => redirected(container)), relay];
}

function redirected<T extends ContainerSpec>(container: T): T {
  const socket = socketOf(container);
  if (socket === undefined) return container;
  const to = `${socket.slice(0, socket.lastIndexOf("/"))}/${relayFile}`;
  const { args = [] } = container;
  const kept = args.filter((argument, at) => {
    if (argument.startsWith(`${flag}=`) || argument === flag) return false;
    return at === 0 || args[at - 1] !== flag;
  });
  return { ...container, args: [...kept, `${flag}=${to}`] };
}
