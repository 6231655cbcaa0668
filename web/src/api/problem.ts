// What went wrong, as the pages see it: the server's problem document, or our own words for a network that is gone.
import type { Problem } from "./types";

export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly fields: { field: string; code: string; message: string }[];

  constructor(problem: Pick<Problem, "status" | "code"> & Partial<Problem>) {
    super(problem.title ?? problem.code);
    this.name = "ApiProblem";
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail ?? "";
    this.fields = problem.fields ?? [];
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "status" in body;
}

/** Reads a failed answer; bodies that are no problem document become code `internal`. */
export function problemOf(status: number, body: unknown): ApiProblem {
  if (isProblem(body)) return new ApiProblem(body);
  return new ApiProblem({ status, code: status === 401 ? "not_signed_in" : status === 503 ? "unavailable" : "internal" });
}

/** Any thrown thing as a problem: a failed fetch is `network`. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  if (thrown instanceof TypeError) return new ApiProblem({ status: 0, code: "network" });
  return new ApiProblem({ status: 0, code: "internal", detail: thrown instanceof Error ? thrown.message : "" });
}
