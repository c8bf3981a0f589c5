// Chinese: buttons of cards, what a refusal knows beside its code, and why a slot is switched off. What a failure says
// comes from the error table.

export const cards = {
  do: {
    'try-again': '重试',
    'in-bin': '已放入料箱',
    'got-it': '知道了',
    'look-again': '再看一次',
    'switch-off': '停用工位',
    'switch-on': '启用工位',
  },
  busy: '正在处理',
  more: '其他选择',
  why: '为什么停用 {{slot}} 号位？',
  off: {
    'worn-pin': '探针磨损',
    'broken-cable': '线缆损坏',
    'bad-contact': '接触不良',
    'low-power': '电压过低',
    'being-repaired': '正在维修',
    'not-needed': '暂不需要',
  },
  doneEarlier: '{{date}}，批次 {{lot}}',
  doneHere: '{{date}} {{time}} 在 {{slot}} 号位合格',
  wrongModel: '此板是 {{found}}，批次需要 {{wanted}}。',
  wrongRevision: '此板是 {{found}} 版，批次需要 {{wanted}} 版。',
  labelUsed: '标签 {{found}} 属于另一块板。此板是 {{wanted}}。',
  labelUnknown: '这里没有标签为 {{found}} 的板。此板是 {{wanted}}。',
  testAgain: '再次测试',
  unlock: '解锁',
  passphrase: '签名密钥的口令',
  pin: '签名令牌的 PIN',
  tries: {
    few: '令牌会计数错误的 PIN，几次后锁定。',
    one: '再错一次，令牌就会锁定 PIN。',
    locked: '令牌已锁定 PIN。',
  },
  open: '打开',
  toSigning: '打开签名设置',
} as const;
