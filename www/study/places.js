// @ts-check
/** @import { Point } from "./distance.js" */

/** Names of cities, English and Chinese, with their place to a tenth of a degree: near enough to say which site is nearer. */
const ROWS = `
Beijing 北京 39.9 116.4|Shanghai 上海 31.2 121.5|Tianjin 天津 39.1 117.2|Chongqing 重庆 29.6 106.5|Guangzhou 广州 23.1 113.3
Shenzhen 深圳 22.5 114.1|Wuhan 武汉 30.6 114.3|Nanjing 南京 32.1 118.8|Hangzhou 杭州 30.3 120.2|Suzhou 苏州 31.3 120.6
Wuxi 无锡 31.6 120.3|Ningbo 宁波 29.9 121.5|Wenzhou 温州 28.0 120.7|Chengdu 成都 30.7 104.1|Xi’an 西安 34.3 108.9
Zhengzhou 郑州 34.7 113.6|Luoyang 洛阳 34.6 112.4|Jinan 济南 36.7 117.0|Qingdao 青岛 36.1 120.4|Yantai 烟台 37.5 121.4
Shenyang 沈阳 41.8 123.4|Dalian 大连 38.9 121.6|Changchun 长春 43.9 125.3|Harbin 哈尔滨 45.8 126.5|Shijiazhuang 石家庄 38.0 114.5
Tangshan 唐山 39.6 118.2|Taiyuan 太原 37.9 112.5|Hohhot 呼和浩特 40.8 111.7|Baotou 包头 40.7 109.8|Hefei 合肥 31.8 117.2
Xuzhou 徐州 34.3 117.2|Nanchang 南昌 28.7 115.9|Changsha 长沙 28.2 112.9|Fuzhou 福州 26.1 119.3|Xiamen 厦门 24.5 118.1
Dongguan 东莞 23.0 113.8|Foshan 佛山 23.0 113.1|Nanning 南宁 22.8 108.3|Guilin 桂林 25.3 110.3|Haikou 海口 20.0 110.3
Guiyang 贵阳 26.6 106.7|Kunming 昆明 25.0 102.7|Lhasa 拉萨 29.7 91.1|Lanzhou 兰州 36.1 103.8|Xining 西宁 36.6 101.8
Yinchuan 银川 38.5 106.2|Urumqi 乌鲁木齐 43.8 87.6|Hong_Kong 香港 22.3 114.2|Macau 澳门 22.2 113.5|Taipei 台北 25.0 121.5
Tokyo 东京 35.7 139.7|Osaka 大阪 34.7 135.5|Seoul 首尔 37.6 127.0|Singapore 新加坡 1.4 103.8|Bangkok 曼谷 13.8 100.5
Kuala_Lumpur 吉隆坡 3.1 101.7|Hanoi 河内 21.0 105.8|Manila 马尼拉 14.6 121.0|Jakarta 雅加达 -6.2 106.8|Delhi 德里 28.6 77.2
Mumbai 孟买 19.1 72.9|Dubai 迪拜 25.2 55.3|Moscow 莫斯科 55.8 37.6|London 伦敦 51.5 -0.1|Paris 巴黎 48.9 2.4
Berlin 柏林 52.5 13.4|Madrid 马德里 40.4 -3.7|Rome 罗马 41.9 12.5|Vienna 维也纳 48.2 16.4|New_York 纽约 40.7 -74.0
Boston 波士顿 42.4 -71.1|Chicago 芝加哥 41.9 -87.6|Los_Angeles 洛杉矶 34.1 -118.2|San_Francisco 旧金山 37.8 -122.4|Toronto 多伦多 43.7 -79.4
Sydney 悉尼 -33.9 151.2|Melbourne 墨尔本 -37.8 145.0`;

/** @type {{ en: string, "zh-CN": string, point: Point }[]} */
export const places = ROWS.trim().split(/[|\n]/).map((row) => {
  const [en, zh, north, east] = row.split(' ');
  return { en: en.replaceAll('_', ' '), 'zh-CN': zh, point: { north: Number(north), east: Number(east) } };
});

/**
 * The city of this name, in either language.
 * @param {string} name
 */
export function placeNamed(name) {
  const wanted = plain(name);
  return places.find((place) => plain(place.en) === wanted || place['zh-CN'] === wanted);
}

/** @param {string} name */
function plain(name) {
  return name.normalize('NFKC').trim().toLowerCase().replace(/市$/, '').replaceAll(/['’]/g, '');
}
