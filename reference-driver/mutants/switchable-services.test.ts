// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { goodServices, type Services } from "../src/composition/services.ts";
import { breakController } from "./break-services.ts";
import { makeSwitchable } from "./switchable-services.ts";

type Controller = ReturnType<Services["createController"]>;
type Parts = Parameters<Services["createController"]>[0];

function withController(made: () => void): Services {
  const createController = (): Controller => {
    made();
    const controller = {
      deleteVolume: () => Promise.resolve({}),
      listVolumes: () => Promise.resolve("good"),
    };
    return controller as unknown as Controller;
  };
  return { ...goodServices, createController };
}

const breaks = (services: Services): Services =>
  breakController(services, () => ({
    deleteVolume: () => Promise.reject(new Error("broken")),
  }));

test("a part that was handed out takes on a fault and loses it; what is not broken stays", async () => {
  let built = 0;
  const { services, switchTo } = makeSwitchable(withController(() => (built += 1)));
  const controller = services.createController({} as Parts);
  const remove = controller.deleteVolume.bind(undefined, {} as never);
  await expect(remove()).resolves.toEqual({});
  await switchTo({ wrap: breaks });
  await expect(remove()).rejects.toThrow("broken");
  await expect(controller.listVolumes({} as never)).resolves.toBe("good");
  await switchTo(undefined);
  await expect(remove()).resolves.toEqual({});
  expect(built, "the good part is built once, with its locks").toBe(1);
});

test("a part that is handed out after the switch has the fault, and a copy of its properties too", async () => {
  const { services, switchTo } = makeSwitchable(withController(() => undefined));
  await switchTo({ wrap: breaks });
  const copy = { ...services.createController({} as Parts) };
  await expect(copy.deleteVolume({} as never)).rejects.toThrow("broken");
  await switchTo(undefined);
  await expect(copy.deleteVolume({} as never)).resolves.toEqual({});
});
