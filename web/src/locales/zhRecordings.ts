// Chinese words of recordings: playback, the register of look-ups, exports, disks, retention.
export default {
  footage: {
    short: "录像", column: "录像", camera: "摄像机", chooseCamera: "选择摄像机", time: "录像时间", day: "日期", dayBefore: "前一天", dayAfter: "后一天", howMany: "天数", days: "{count} 天", daysTo: "{from} 至 {to}", look: "调阅", alarm: "告警",
    empty: "选择单位、摄像机和日期，说明事由后即可查看录像。", exports: "导出任务", timeLine: "录像时间轴", lineHow: "滚轮缩放，拖动平移，点击跳转", legend: "图例", recorded: "有录像", missing: "缺失", size: "占用空间", video: "画面", deleted: "已删除", notRecorded: "无录像", pinned: "证据锁定",
    alarms: "告警（{count}）", gaps: "缺口（{count}）", noGaps: "没有缺口", beside: "并排对照", skipped: "已跳过 {from} 至 {to}：{cause}", watermark: "画面上的姓名水印由页面叠加，录像文件中没有。",
    play: "播放", pause: "暂停", oneBack: "上一帧", oneOn: "下一帧", stepBack: "后退一帧", stepOn: "前进一帧", speed: "播放倍速", alarmJump: "告警", gapJump: "缺口",
    markIn: "起点", markOut: "终点", unmark: "取消选段", export: "导出", exportTitle: "导出录像：请说明事由", tooLong: "一次最多导出 24 小时",
    state: { idle: "准备播放", loading: "正在调取录像……", paused: "已暂停", playing: "播放中", ended: "已播放到最后", nothing: "此后没有录像", refused: "调阅授权已失效，请重新说明事由", trouble: "录像无法播放" },
    off: "未录像", on: "正在录像", obstacle: "录像受阻：{cause}", toFootage: "看录像", recording: "平台录像", recordingHow: "录像保存在平台的磁盘上，保存期限按单位的规定执行", since: "录像开始于", until: "最近录到", lost: "丢弃画面", drift: "时钟偏差", ppm: "{value} ppm", asConfigured: "按系统配置", lastDays: "近 30 天录像",
  },
  lookup: {
    title: "调阅录像：请说明事由", reason: "调阅事由", note: "备注", noteHint: "例如：申请人、文书编号、要核实的事情", lackReason: "请选择事由", lackNote: "该事由须填写备注", law: "依据《公共安全视频图像信息系统管理条例》（国务院令第799号）第十六条，调阅人、事由、单位和录像内容都将登记，不可更改。",
    row: "调阅登记第 {seq} 号", until: "授权有效至 {time}", who: "调阅人", onlyThem: "只看此人", kind: "方式", what: "单位与摄像机", why: "事由", noCamera: "设备通道", toAlarm: "相关告警", digest: "导出摘要", firstDay: "开始日期", lastDay: "结束日期", anyCamera: "全部摄像机", anyKind: "全部方式", sheet: "导出 CSV", sheetName: "调阅登记", sheetCut: "只导出了最新的 {count} 行，请缩小时间范围",
    device: "调阅设备录像：请说明事由",
  },
  recExport: {
    none: "还没有导出任务。在时间轴上选好起点和终点，点“导出”。", cancel: "取消导出", until: "文件只保留几天（默认三天），之后自动清除；登记和文件摘要保留。", verifyTitle: "如何核验", command: "核验命令",
    verifyHow: "把视频文件、manifest.json 和 manifest.signature.json 按原名下载到同一个文件夹，在该文件夹中运行：", verifyTells: "逐个核对文件的 SHA-256，并核对清单的数字签名：改动过一个字节也会指出是哪个文件。",
  },
  alteration: {
    what: "导出内容", original: "原始录像", copy: "处理后的副本", originalHow: "与摄像机送来的画面逐位相同，用作证据。", copyHow: "画面重新编码为 H.264，清单注明为处理后的副本。耗时较长：一小时录像需若干分钟，画面越大越久。",
    watermark: "画面叠加本人姓名和时间水印", hidePeople: "遮挡人员", hidePeopleHow: "凡不属于空场景的部分一律遮挡，并去除声音。在所选时段一半以上时间内静止不动的人不会被遮挡，请在其位置画出遮挡区域。交出前请先查看副本。",
    draw: "在画面上拖动画出始终遮挡的区域", drop: "删除第 {number} 个区域", areas: "遮挡 {count} 个区域", isCopy: "处理后的副本：",
  },
  pin: {
    title: "证据锁定", set: "锁定", done: "已锁定", reason: "锁定原因", reasonHint: "例如：3 号楼火情调查", until: "锁定至", how: "锁定的录像超过保存上限也不删除，直到锁定到期或解除；最长三年。", none: "没有锁定的录像", by: "锁定人", state: "状态", holds: "锁定中", over: "已到期", released: "已解除 {time}", release: "解除", releaseAsk: "解除“{camera}”这段录像的锁定？超过保存上限的部分将被删除。",
  },
  deletion: {
    title: "删除录像", set: "删除", go: "确认删除", done: "已删除 {count} 个录像文件，凭证见“存储 → 删除凭证”", nothingWhole: "这段时间里没有完整的录像文件，什么也没有删除。请选长一些。", whyHint: "例如：误装在不得安装的场所", how: "只删除整个落在这段时间内的录像文件（每个约一分钟）。已锁定的、未满保存下限的不能删除，此时一个文件也不删。删除后不能恢复，并留下凭证。",
    none: "没有删除记录", seq: "凭证号", what: "删除内容", files: "{count} 个文件", why: "原因", anyWhy: "全部原因", belowFloor: "未到保存下限", by: "操作人", decided: "决定时间", removed: "确认删除", notYet: "尚未确认",
  },
  storage: {
    tab: { disks: "磁盘", health: "录像完整性", retention: "保存期限", next: "即将删除", pins: "证据锁定", deletions: "删除凭证" },
    off: "平台录像未启用。请在配置文件中启用录像并重启。", recording: "{count} 台摄像机正在录像", hindered: "其中 {count} 台受阻", losses: "{count} 处已收到的画面没有存下", waiting: "{count} 个文件等待写入数据库",
    healthHow: "每晚统计一次：保存天数少于规定天数的摄像机产生 V05（录像缺失）告警。一天录到 95% 以上才算有录像。", noHealth: "还没有统计结果。开启录像的次日凌晨第一次统计。", kept: "保存天数", keptOf: "{kept} / 应有 {required} 天", lackDays: "缺 {count} 天", floor: "保存下限", daysN: "{days} 天", lastDays: "近 {days} 天", stripOf: "统计天数", strip: "近 {days} 天每天的录像完整率",
    minutes: "现存 {kept}、录到 {recorded}、应录 {expected} 分钟", warmth: { whole: "完整", present: "95% 以上", part: "50% 以上", little: "不足 50%", missing: "缺失", gone: "已删除", none: "不要求录像" },
    nextHow: "每台摄像机最早的录像何时可删、何时必删。到保存下限后，磁盘空间不足时可删；到保存上限必须删除，除非已锁定。", noNext: "没有可以删除的录像", oldest: "最早的录像", mayGo: "最早可删", goes: "必须删除", due: "已到期", in: "{time}后",
  },
  retention: {
    set: "设置保存期限", floor: "保存下限", ceiling: "保存上限", floorLaw: "不满此天数不得删除。一般单位 30 天（国务院令第799号第十七条）；防范恐怖袭击重点目标 90 天（反恐怖主义法第三十二条）。", ceilingLaw: "超过此天数必须删除（国务院令第799号第十七条；个人信息保护法第十九条：保存期限为实现处理目的所必要的最短时间）。作为证据的录像另行锁定。",
    class: "档次", basis: "下限依据", note: "说明", changed: "设置时间", none: "没有单独设置的单位，全部按 30 天保存。", floorDays: "保存下限（天）", ceilingDays: "保存上限（天）", basisNotOwn: "适用哪一部法律由监管部门确定，单位不能自行更改。", means: "录像至少保存 {floor} 天，超过 {ceiling} 天删除；依据：{basis}。对已有的录像同样有效。",
  },
  disk: {
    add: "新增磁盘", edit: "修改磁盘", name: "名称", nameHint: "例如：录像盘一", folder: "文件夹", folderHow: "服务器上的绝对路径，应在单独的磁盘上。平台会在其中写入磁盘标识，插错盘时能够认出。", quota: "配额", quotaGib: "配额（GiB）", headRoom: "预留空间", headRoomGib: "预留空间（GiB）", quotaHow: "录像最多占用“配额”，并始终给文件系统留出“预留空间”；写满之前先删除最早的到期录像。",
    free: "文件系统剩余", left: "还可写入", segments: "录像文件", newest: "最近写入", created: "登记时间", used: "已用 {used}，配额 {quota}", takeBack: "重新启用", readOnly: "改为只读", active: "恢复写入", retire: "退役", saved: "已保存", readOnlyAsk: "把“{name}”改为只读？新录像不再写到这块盘，已有录像照常播放、到期删除。", retireAsk: "“{name}”退役？盘上须已没有录像；退役后不能恢复。",
    noneYet: "还没有录像磁盘，录像无处保存。请新增磁盘。", noneTakes: "没有一块磁盘可以写入，录像已经中断。请按下面的提示处理。",
  },
  bucket: {
    kind: "对象存储（S3）", endpoint: "服务地址", bucket: "存储桶", prefix: "前缀（可空）", region: "区域", pathStyle: "存储桶写在路径中（MinIO、Ceph 选是）", key: "Access Key", secret: "Secret Key", secretStays: "不填则不变", takes: "转存内容", takesAfter: "{what}，满 {hours} 小时", afterHours: "录满多少小时后转存", mbit: "限速（Mbit/s，0 为不限）", waiting: "等待转存",
    how: "录像总是先写入磁盘文件夹，录完的文件核对无误后才转存到存储桶；播放、导出、到期删除与磁盘上的录像相同。保存时会连接一次，并写入本盘标识。密钥加密保存，不再显示。",
  },
  diskTrouble: {
    bucket_unreachable: { name: "存储桶连不上", what: "服务没有应答。录像留在磁盘文件夹中，不会丢失。", do: "检查服务地址、网络和证书；恢复后平台会自动重试，也可点“重新启用”。" },
    bucket_keys: { name: "密钥不对", what: "服务不认这个 Access Key 或 Secret Key。", do: "点“编辑”填入正确的密钥。" },
    bucket_denied: { name: "密钥没有权限", what: "这个密钥不能读写该存储桶。", do: "在存储服务上给它读、写、列出、删除对象的权限，然后点“重新启用”。" },
    bucket_missing: { name: "存储桶不存在", what: "服务上没有这个存储桶。", do: "检查名称和区域，或先在服务上建立存储桶。" },
    bucket_clock: { name: "时钟不一致", what: "本机与存储服务的时钟相差太大，服务拒绝了请求。", do: "校准两边的时钟（NTP），然后点“重新启用”。" },
    bucket_elsewhere: { name: "存储桶在别处", what: "服务说存储桶属于另一个区域或地址。", do: "按下面的原因核对区域和服务地址。" },
    bucket_full: { name: "存储服务已满", what: "存储服务没有空间，或账户配额用完。录像留在磁盘文件夹中。", do: "在存储服务上扩容，平台会自动重试。" },
    bucket_answer: { name: "存储服务出错", what: "服务的应答不对，或存下的内容与发出的不一致；录像仍在磁盘文件夹中。", do: "查看下面的原因和存储服务的日志，处理后点“重新启用”。" },
    missing: { name: "找不到磁盘", what: "文件夹中没有本盘的标识：磁盘没有挂载，或者换成了空盘。", do: "检查磁盘的连接和挂载，挂载好后点“重新启用”。" },
    other_disk: { name: "插错磁盘", what: "这里挂载的是另一块录像盘。平台没有写入，也没有删除。", do: "换回原来的磁盘后点“重新启用”；若确实是新盘，请用“新增磁盘”登记。" },
    unreadable: { name: "磁盘无法读取", what: "磁盘标识损坏或读不出来。", do: "检查磁盘健康（SMART）和系统日志；修好后点“重新启用”，修不好请换盘。" },
    read_only: { name: "磁盘只读", what: "文件系统变成了只读，通常是磁盘出错后系统的保护。", do: "检查磁盘和文件系统，重新以可写方式挂载后点“重新启用”。" },
    sync_failed: { name: "写入未落盘", what: "磁盘没有确认数据已经写下。为免丢失证据，已停止使用这块盘。", do: "多为磁盘将坏的征兆：检查健康状况，必要时换盘，再点“重新启用”。" },
    write_failed: { name: "写入失败", what: "磁盘拒绝写入，已停止使用。", do: "检查磁盘健康和文件夹权限，处理后点“重新启用”。" },
    recorder: { name: "录像程序异常", what: "写这块盘的录像任务停了。", do: "点“重新启用”；若再次发生，请重启平台并把日志交给维护人员。" },
    full: { name: "磁盘已满", what: "配额用完，而盘上都是还不能删除的录像，新录像正在等待空间。", do: "加大配额或新增磁盘；也可检查“即将删除”中最早可删的时间。" },
    unknown: { name: "磁盘停用", what: "这块盘已停止使用。", do: "查看下面的原因，处理后点“重新启用”。" },
  },
};
