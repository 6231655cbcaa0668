// Words of the zones' page.
export default {
  zone: {
    title: "区域", open: "区域", none: "还没有划定区域。", draw: "逐点绘制", stopDrawing: "停止绘制", rectangle: "添加矩形", discard: "放弃修改", unsaved: "有未保存的修改", newName: "区域 {number}",
    drawHow: "依次点击各个角点；点回第一个角点、双击或按回车键闭合，Esc 取消", noPicture: "暂无画面", corner: "角点 {number}（横 {x}%，纵 {y}%）：方向键移动，Delete 删除，Insert 在其后加点",
    kind: "类型", name: "名称", hold: "持续时间", seconds: "秒后告警", hours: "生效时段", always: "全天", someHours: "指定时段", from: "开始时刻", until: "结束时刻", addCorner: "加一个角点", dropCorner: "减一个角点", remove: "删除区域",
    twoWheelsHow: "识别停放在其中的自行车、摩托车外形；电动自行车约能发现一半。不与基准画面比对，无需核准。",
    cornersHow: "拖动画面上的圆点调整形状；也可用 Tab 选中圆点后按方向键移动。", maskHow: "屏蔽区内的画面不参与烟雾、明火识别。只用于确有正常用火或不属于本单位的位置。",
    fault: { name: "请填写名称（不超过 40 个字）", corners: "区域太小或角点不足", hold: "持续时间为 5 至 3600 秒", hours: "开始与结束时刻不能相同" },
    state: { free: "畅通", blocked: "有异物", checking: "核对中", unknown: "未比对", mask: "屏蔽", unsaved: "未保存" }, blockedFor: "有异物 {span}",
    lookInterval: "实际检视间隔", lastLook: "最近检视", conditionSince: "{what}，自 {time} 起",
    condition: { black: "黑屏", frozen: "画面静止", covered: "镜头被遮挡", moved: "镜头被转动", blurred: "画面失焦", washed_out: "画面过曝" },
    reference: "基准画面", referenceHow: "区域与基准画面比对：与基准不同且持续停留的物品会触发告警，移走后自动记录恢复。请在区域畅通、物品归位时核准；夜间转为红外画面的摄像机需另核准一张黑白画面。",
    noReference: "还没有核准基准画面，区域不会比对。", candidate: "待核准画面", present: "当前画面", take: "取当前画面", takeAgain: "重新取画面", approve: "核准为基准画面", approveAsk: "请确认：各区域畅通、物品在位。", takenAt: "拍摄于 {time}", approvedBy: "{name} 于 {time} 核准",
  },
};
