// Words of the page where people say how they are told.
export default {
  contacts: {
    mail: "邮件", mailHow: "告警逐级上报到您所在层级时，平台向此地址发送邮件；地址只用于告知；告警卡片上显示您的姓名。留空则不发送。", mailOff: "平台尚未配置邮件服务器；填写的地址在配置后生效。", mailSaved: "已保存。", mailGone: "已清除，不再发送邮件。",
    browsers: "浏览器推送", pushHow: "打开后，即使未打开平台页面，本机也会弹出告警提示。推送经浏览器厂商的服务器转送，内容加密；部分浏览器（如 Chrome）的推送服务在内地网络可能不可达，请用“发送测试”确认，推送不能代替值守。主动退出登录时，本机停止接收。",
    pushOff: "平台尚未启用浏览器推送。", startHere: "在本机接收推送", stopHere: "停止在本机接收推送", here: "本机", since: "{time} 打开", lastTold: "最近送达 {time}", neverTold: "尚未送达过", test: "发送测试", taken: "已接收", notTaken: "未接收", stop: "停止接收", noBrowsers: "还没有接收推送的浏览器。",
    refused: "浏览器未允许通知。请在浏览器的网站设置中允许后重试。",
    ability: { insecure: "推送需要通过 https 访问平台。", unable: "此浏览器不支持推送。iPhone 和 iPad 须先将平台添加到主屏幕。", denied: "浏览器已禁止本站通知。请在浏览器的网站设置中允许后重试。" },
  },
};
