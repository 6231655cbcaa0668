// Questions and notices over the page, loaded only when needed.
import { ElMessage } from "element-plus/es/components/message/index";
import { ElMessageBox } from "element-plus/es/components/message-box/index";
import "element-plus/es/components/message/style/css";
import "element-plus/es/components/message-box/style/css";

const PROBLEM_SHOWN_MS = 6_000;

export async function confirmAsk(question: string, yes: string, no: string): Promise<boolean> {
  return ElMessageBox.confirm(question, { confirmButtonText: yes, cancelButtonText: no, type: "warning" }).then(() => true, () => false);
}

export function notifyProblem(text: string): void {
  ElMessage({ type: "error", message: text, duration: PROBLEM_SHOWN_MS, showClose: true });
}

export function notifyDone(text: string): void {
  ElMessage({ type: "success", message: text });
}
